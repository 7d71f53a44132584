import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CapturedRequest } from '../../../analyzer/input/captured-request';
import { Row } from '../../../analyzer/input/row';
import { Labels, readGroundTruth } from '../../../analyzer/observation/ground-truth';
import { observationOf, observationsOf } from '../../../analyzer/observation/observation';

const folder = mkdtempSync(path.join(os.tmpdir(), 'ground-truth-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let folders = 0;
function filesOf(files: Record<string, string | Buffer>): string {
  const root = path.join(folder, String(folders++));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}

function label(eventId: string, data: string, encoding: 'CSV' | 'JSON' = 'CSV'): string {
  return JSON.stringify({ groundTruthData: { data, encoding }, eventMetadata: { eventId } });
}

function request({ output = '0.9', input, eventId = 'event', inferenceId }: { output?: string; input?: string; eventId?: string; inferenceId?: string }): CapturedRequest {
  const side = (data: string): object => ({ data, encoding: data.startsWith('{') ? 'JSON' : 'CSV' });
  return CapturedRequest.parse(JSON.stringify({
    captureData: { ...input !== undefined && { endpointInput: side(input) }, endpointOutput: side(output) },
    eventMetadata: { eventId, inferenceId, inferenceTime: '2026-01-31T09:30:00Z' },
  }));
}

const cells = (rows: readonly Row[] | undefined): unknown => rows?.map(row => row.cells);
const labelsOf = (captured: CapturedRequest, labels: Labels): unknown =>
  observationsOf(captured, labels).map(observation => observation.label?.cells[0]);

describe('ground-truth files', () => {
  test('are read at any depth, packed or not; the shortest legal record will do', async () => {
    const labels = await readGroundTruth(filesOf({
      '2026/01/31/09/a.jsonl': `${label('a', '1')}\n\n${label('b', '0\n1\n')}\n`,
      '2026/01/31/10/b.jsonl.gz': gzipSync(label('c', '{"instances":[{"label":0},{"label":1}]}', 'JSON')),
      'deeper/than/that/labels.json': JSON.stringify({
        eventVersion: '0', groundTruthData: { data: 'yes', encoding: 'CSV' }, eventMetadata: { eventId: 'd', groundTruthLabel: 'x' },
      }),
    }));
    expect(['a', 'b', 'c', 'd', 'e'].map(id => cells(labels.rowsOf(id)))).toEqual([[['1']], [['0'], ['1']], [['0'], ['1']], [['yes']], undefined]);
  });

  test('a folder that does not exist holds no labels', async () => {
    expect((await readGroundTruth(path.join(folder, 'nowhere'))).counts).toEqual({ duplicatedLabels: 0, unmatchedLabels: 0 });
  });

  test('of several labels of one id the last one counts, in the order of the files', async () => {
    const labels = await readGroundTruth(filesOf({ '10/b.jsonl': label('a', '3'), '09/z.jsonl': `${label('a', '1')}\n${label('a', '2')}`, '09/a.jsonl': label('a', '0') }));
    expect(cells(labels.rowsOf('a'))).toEqual([['3']]);
    expect(labels.counts.duplicatedLabels).toBe(3);
  });

  test('the caller\'s inferenceId goes before the eventId where it is one', async () => {
    const merged = (eventId: string, inferenceId: unknown): string =>
      JSON.stringify({ groundTruthData: { data: '1', encoding: 'CSV' }, eventMetadata: { eventId, inferenceId } });
    const labels = await readGroundTruth(filesOf({ 'a.jsonl': [merged('a', 'x'), merged('b', ''), merged('c', null), merged('d', 7)].join('\n') }));
    expect(['a', 'x', 'b', 'c', 'd', '', '7'].map(id => cells(labels.rowsOf(id)))).toEqual([undefined, [['1']], [['1']], [['1']], [['1']], undefined, undefined]);
  });

  test('labels that nobody asks for are counted', async () => {
    const labels = await readGroundTruth(filesOf({ 'a.jsonl': ['a', 'b', 'c'].map(id => label(id, '1')).join('\n') }));
    labels.rowsOf('a');
    labels.rowsOf('a');
    labels.rowsOf('x');
    expect(labels.counts.unmatchedLabels).toBe(2);
  });

  test('what another monitor asked for changes nothing', () => {
    const labels = new Labels();
    for (const id of ['a', 'b', 'c']) labels.add(id, { data: '1', encoding: 'CSV' });
    const [soon, late] = [labels.unasked(), labels.unasked()];

    soon.rowsOf('a');
    for (const id of ['b', 'c']) late.rowsOf(id);

    expect([soon.counts.unmatchedLabels, late.counts.unmatchedLabels]).toEqual([2, 1]);
  });

  test.each([
    ['{"groundTruthData"', 'line is not valid JSON'],
    ['null', 'groundTruthData.data is missing or no string'],
    ['[]', 'groundTruthData.data is missing or no string'],
    [JSON.stringify({ groundTruthData: { data: 1, encoding: 'CSV' }, eventMetadata: { eventId: 'a' } }), 'groundTruthData.data is missing or no string'],
    [JSON.stringify({ groundTruthData: { data: '1' }, eventMetadata: { eventId: 'a' } }), 'groundTruthData.encoding is neither CSV nor JSON'],
    [JSON.stringify({ groundTruthData: { data: '1', encoding: 'CSV' } }), 'eventMetadata.eventId is missing or no string'],
    [JSON.stringify({ groundTruthData: { data: '1', encoding: 'CSV' }, eventMetadata: { eventId: '' } }), 'eventMetadata.eventId is missing or no string'],
    [label('a', '{"label":', 'JSON'), 'groundTruthData: payload is not valid JSON'],
    [label('a', '\n'), 'groundTruthData is empty'],
  ])('%s is kept aside', async (line, reason) => {
    const rejected: unknown[] = [];
    const labels = await readGroundTruth(filesOf({ '09/a.jsonl': `${label('b', '1')}\n${line}` }), (origin, why) => {
      rejected.push({ file: origin.file, line: origin.line, record: origin.record, why });
    });
    expect(rejected).toEqual([{ file: '09/a.jsonl', line: 2, record: line, why: reason }]);
    expect(labels.rowsOf('a')).toBeUndefined();
    expect(cells(labels.rowsOf('b'))).toEqual([['1']]);
  });
});

describe('a captured request and its labels', () => {
  const labels = new Labels();
  labels.add('inference', { data: '1', encoding: 'CSV' });
  labels.add('event', { data: '0', encoding: 'CSV' });

  test('are joined by the caller\'s inferenceId, else by the eventId', () => {
    expect(labelsOf(request({ eventId: 'event', inferenceId: 'inference' }), labels)).toEqual(['1']);
    expect(labelsOf(request({ eventId: 'event' }), labels)).toEqual(['0']);
    expect(labelsOf(request({ eventId: 'event', inferenceId: 'unknown' }), labels)).toEqual([undefined]);
  });

  test.each([
    ['a CSV line each', '1\n0\n', 'CSV'],
    ['one CSV line', '1,0', 'CSV'],
    ['JSON lines', '{"label":1}\n{"label":0}', 'JSON'],
    ['instances', '{"instances":[{"label":1},{"label":0}]}', 'JSON'],
    ['a flat array', '[1,0]', 'JSON'],
    ['an array of objects', '[{"label":1},{"label":0}]', 'JSON'],
  ] as const)('of several rows, the labels as %s', (_, data, encoding) => {
    const several = new Labels();
    several.add('event', { data, encoding });
    expect(labelsOf(request({ output: '0.9\n0.1' }), several)).toEqual(['1', '0']);
    expect(labelsOf(request({ output: '{"predictions":[0.9,0.1]}' }), several)).toEqual(['1', '0']);
  });

  test('that are not equally many are refused, naming both counts', () => {
    expect(() => observationsOf(request({ output: '0.9\n0.1\n0.2' }), labels)).toThrow('the ground truth has 1 rows, endpointOutput 3');
    const several = new Labels();
    several.add('event', { data: '1\n0', encoding: 'CSV' });
    expect(() => observationsOf(request({}), several)).toThrow('the ground truth has 2 rows, endpointOutput 1');
  });

  test('do without the input, unless it is asked for', () => {
    const [observation] = observationsOf(request({}), labels);
    expect(observation?.output.cells).toEqual(['0.9']);
    expect(() => observation?.input).toThrow('endpointInput was not captured');
    const [first, second] = observationsOf(request({ input: '1,2\n3,4', output: '0.9\n0.1', eventId: 'x' }), labels);
    expect([first?.input.cells, second?.input.cells]).toEqual([['1', '2'], ['3', '4']]);
    expect(() => observationsOf(request({ input: '1,2', output: '0.9\n0.1', eventId: 'x' }), labels)[0]?.input).toThrow('endpointInput has 1 rows, endpointOutput 2');
  });
});

test('a row of a dataset is all three', () => {
  const row: Row = { names: ['age', 'label'], cells: ['42', '1'] };
  expect(observationOf(row)).toEqual({ input: row, output: row, label: row });
});
