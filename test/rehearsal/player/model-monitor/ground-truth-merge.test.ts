import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CaptureRecord, GroundTruthRecord } from '../../../../lib/contract';
import { isMergeImage, mergeGroundTruth, mergeImage } from '../../../../rehearsal/player/model-monitor/ground-truth-merge';

const root = mkdtempSync(path.join(tmpdir(), 'merge-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, records: readonly object[]): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), records.map(record => `${JSON.stringify(record)}\n`).join(''));
}
const capture = (eventId: string, inferenceId?: string): CaptureRecord => ({
  captureData: { endpointOutput: { data: '1', encoding: 'CSV' } },
  eventMetadata: { eventId, inferenceTime: '2026-01-31T09:00:00Z', ...inferenceId !== undefined && { inferenceId } },
  eventVersion: '0',
});
const label = (eventId: string, data: string): GroundTruthRecord => ({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId }, eventVersion: '0' });

test('captures are written with their labels, hour by hour; what has none is left out', () => {
  const [nine, ten] = ['churn/AllTraffic/2026/01/31/09', 'churn/AllTraffic/2026/01/31/10'];
  write(`captures/${nine}/00-00-000-a.jsonl`, [capture('e1'), capture('e2')]);
  write(`captures/${nine}/01-00-000-b.jsonl`, [capture('e3', 'i3')]);
  write(`captures/${ten}/00-00-000-c.jsonl`, [capture('e4')]);
  write('labels/2026/01/31/09/l.jsonl', [label('e1', '0'), label('i3', '1'), label('e9', '1')]);

  mergeGroundTruth(path.join(root, 'captures'), path.join(root, 'labels'), path.join(root, 'merged'));

  const [file, ...others] = readdirSync(path.join(root, 'merged', nine));
  expect(others).toEqual([]);
  expect(file).toMatch(/^part-00000-[0-9a-f-]{36}\.c000\.jsonl$/);
  const merged = readFileSync(path.join(root, 'merged', nine, file!), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as object);
  expect(merged).toEqual([
    { ...capture('e1'), groundTruthData: { data: '0', encoding: 'CSV' } },
    { ...capture('e3', 'i3'), groundTruthData: { data: '1', encoding: 'CSV' } },
  ]);
  expect(readdirSync(path.join(root, 'merged/churn/AllTraffic/2026/01/31'))).toEqual(['09']);
});

test('the image is that of the analyzer\'s account, also for a monitor whose own image is Clarify\'s', () => {
  const image = mergeImage({ region: 'eu-west-1', urlSuffix: 'amazonaws.com' });
  expect(image).toBe('468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-groundtruth-merger');
  expect(isMergeImage(image)).toBe(true);
  expect(isMergeImage('131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0')).toBe(false);
  expect(() => mergeImage({ region: 'mars-1', urlSuffix: 'amazonaws.com' }))
    .toThrow('a monitor that needs labels in mars-1: AWS has no image there that merges them');
});
