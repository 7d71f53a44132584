import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { Labels, readGroundTruth } from '../../../analyzer/observation/ground-truth';
import { CSV, ID, JSON_TEXT } from './capture-files';
import { linesIn, linesOf } from './damage';
import { BLOCK, fuzz, joined, Places, TIMEOUT } from './run';

const places = new Places();
afterAll(() => {
  places.remove();
});

const LABEL = fc.oneof(CSV.map(data => ({ data, encoding: 'CSV' })), JSON_TEXT.map(data => ({ data, encoding: 'JSON' })));
const LINES = linesOf(fc.record({
  groundTruthData: LABEL, eventMetadata: fc.record({ eventId: ID }), eventVersion: fc.constant('0'),
}, { requiredKeys: ['groundTruthData', 'eventMetadata'] }).map(record => JSON.stringify(record)));

interface Read {
  readonly labels: Labels;
  readonly rejected: (readonly [string, string])[];
}

async function read(name: string, files: Readonly<Record<string, Buffer>>): Promise<Read> {
  const rejected: (readonly [string, string])[] = [];
  const labels = await readGroundTruth(places.place(name, files), ({ record }, reason) => rejected.push([record, reason]));
  return { labels, rejected };
}

/** The eventId of a line, as far as it is JSON that has one. */
function idOf(line: Buffer): string | undefined {
  try {
    const id: unknown = (JSON.parse(line.toString()) as { eventMetadata?: { eventId?: unknown } } | null)?.eventMetadata?.eventId;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

test('whatever a ground-truth file holds, each line is a label or rejected with a reason, and neither files nor blocks change which', async () => {
  await fuzz([LINES, fc.nat(), fc.nat()], async (lines, cut, shift) => {
    const whole = joined(lines);
    const { labels, rejected } = await read('whole', { 'a.jsonl': whole });
    const half = cut % (lines.length + 1);
    const blank = Buffer.alloc(BLOCK - shift % whole.length, ' ');
    const others = [
      await read('split', { 'a.jsonl.gz': gzipSync(joined(lines.slice(0, half))), 'b.jsonl': joined(lines.slice(half)) }),
      await read('shifted', { 'a.jsonl': joined([blank, ...lines]) }),
    ];

    const { duplicatedLabels, unmatchedLabels } = labels.counts;
    expect(duplicatedLabels + unmatchedLabels + rejected.length).toBe(linesIn(lines).length);
    expect(labels.rowsOf('')).toBeUndefined();
    const ids = [...new Set(lines.map(idOf))].filter(id => id !== undefined);
    for (const other of others) {
      expect(other.rejected).toEqual(rejected);
      expect(ids.map(id => other.labels.rowsOf(id))).toEqual(ids.map(id => labels.rowsOf(id)));
    }
  });
}, TIMEOUT);
