import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCapture } from '../../analyzer/input/capture';
import { CaptureRecord, EXPLANATION_INFERENCE_ID_PREFIX } from '../../lib/contract';

const folder = mkdtempSync(path.join(tmpdir(), 'captures-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function line(eventMetadata: Omit<CaptureRecord['eventMetadata'], 'inferenceTime'>): string {
  return JSON.stringify({
    captureData: { endpointInput: { data: '1,2', encoding: 'CSV' } }, eventMetadata: { ...eventMetadata, inferenceTime: '2026-01-31T09:30:00Z' },
  } satisfies CaptureRecord);
}

test('requests that the analyzer itself sent are left out, be they first of their shape or later; those of others are read', async () => {
  const ours = [1, 2, 3].map(number => line({ eventId: `e${number}`, inferenceId: `${EXPLANATION_INFERENCE_ID_PREFIX}${number}` }));
  const theirs = ['mine', 'model-monitor', ''].map((inferenceId, number) => line({ eventId: `t${number}`, inferenceId }));
  writeFileSync(path.join(folder, 'captures.jsonl'), [...ours, ...theirs, ...ours, line({ eventId: 'plain' })].join('\n'));
  const ids: string[] = [];

  await readCapture(folder, [{
    span: { start: 0, end: Infinity },
    request: request => ids.push(request.id),
    reject: (_, reason) => { throw new Error(reason); },
    outside: () => { throw new Error('outside'); },
  }]);

  expect(ids).toEqual(['mine', 'model-monitor', 't2', 'plain']);
});
