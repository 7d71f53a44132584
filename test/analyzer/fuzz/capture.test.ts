import fc from 'fast-check';
import { isUtf8 } from 'node:buffer';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readCapture } from '../../../analyzer/input/capture';
import { CapturedRequest } from '../../../analyzer/input/captured-request';
import { Rejection, Row } from '../../../analyzer/input/row';
import { contains, timeSpan } from '../../../analyzer/input/time-span';
import { MonitorReader } from '../../../analyzer/monitor-reader';
import { openMonitor, runBaseline } from '../../../analyzer/monitors';
import { Labels } from '../../../analyzer/observation/ground-truth';
import { RejectedLog } from '../../../analyzer/rejected-log';
import { ExecutionTask, MonitorTask } from '../../../analyzer/task';
import { Findings } from '../../../analyzer/window-monitor';
import { ModelBiasAnalysis } from '../../../lib/contract';
import { bell, WINDOW } from '../workspace';
import { ID, LINES } from './capture-files';
import { linesIn } from './damage';
import { BLOCK, fuzz, joined, Places, TIMEOUT } from './run';

const SPAN = timeSpan(WINDOW);

const places = new Places();
const at = places.at.bind(places);
const place = places.place.bind(places);

const BIAS: ModelBiasAnalysis = {
  headers: ['price', 'count', 'shop'], label: 'y', labelValuesOrThreshold: ['1'], facets: [{ nameOrIndex: 'shop', valueOrThreshold: ['Wien'] }],
  probabilityAttribute: '0', probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 0,
};
const TASKS: readonly MonitorTask[] = [
  { type: 'data-quality', analysis: {}, name: 'data', output: at('data'), constraints: at('data-base/constraints.json'), statistics: at('data-base/statistics.json') },
  {
    type: 'model-quality',
    analysis: { problemType: 'BinaryClassification', probabilityAttribute: '0', probabilityThreshold: 0.5, labelDelayHours: 0, tolerance: 0, minimumRows: 0 },
    name: 'quality', output: at('quality'), constraints: at('quality-base/constraints.json'), statistics: at('quality-base/statistics.json'),
  },
  { type: 'model-bias', analysis: BIAS, name: 'bias', output: at('bias'), constraints: at('bias-base/analysis.json'), statistics: undefined },
];

beforeAll(async () => {
  const train = bell(200, 20, 3).map((price, index) => ({ price, count: index % 7, shop: ['Paris', 'Wien'][index % 2], p: (index % 10) / 10, y: index % 3 === 0 ? 1 : 0 }));
  place('train', { 'train.jsonl': Buffer.from(train.map(row => JSON.stringify(row)).join('\n')) });
  const common = { kind: 'baseline', dataset: at('train'), format: { json: { lines: true } } } as const;
  await runBaseline({ ...common, type: 'data-quality', analysis: { excludedColumns: ['p', 'y'] }, output: at('data-base') });
  await runBaseline({
    ...common, type: 'model-quality', output: at('quality-base'),
    analysis: { problemType: 'BinaryClassification', probabilityAttribute: 'p', groundTruthAttribute: 'y', probabilityThreshold: 0.5, labelDelayHours: 0, tolerance: 0, minimumRows: 0 },
  });
  await runBaseline({ ...common, type: 'model-bias', analysis: { ...BIAS, probabilityAttribute: 'p' }, output: at('bias-base') });
});
afterAll(() => {
  places.remove();
});

/** What one line says, as far as a monitor asks. */
interface Reading {
  readonly what: 'request' | 'rejected' | 'outside';
  readonly detail: unknown;
}

async function readingsOf(dataset: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  await readCapture(dataset, [{
    span: SPAN,
    request: request => readings.push({ what: 'request', detail: detailOf(request) }),
    reject: (_, reason) => readings.push({ what: 'rejected', detail: reason }),
    outside: () => readings.push({ what: 'outside', detail: undefined }),
  }]);
  return readings;
}

/** The same of a line by itself, by the engine's own JSON. */
function plainReading(line: Buffer): Reading | undefined {
  if (!isUtf8(line)) return { what: 'rejected', detail: 'line is not UTF-8' };
  try {
    const request = CapturedRequest.parse(line.toString());
    if (request.isOurs) return undefined;
    return contains(SPAN, request.time) ? { what: 'request', detail: detailOf(request) } : { what: 'outside', detail: undefined };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { what: 'rejected', detail: error.message };
  }
}

function detailOf(request: CapturedRequest): unknown {
  return [request.id, request.time, rowsOf(request, 'endpointInput'), rowsOf(request, 'endpointOutput')];
}

function rowsOf(request: CapturedRequest, side: 'endpointInput' | 'endpointOutput'): string | readonly Row[] {
  try {
    return request.rows(side).map(({ names, cells }) => ({ names: [...names], cells: [...cells] }));
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.message;
  }
}

test('whatever a capture file holds, each line is a request, a rejection, or another window\'s: the same as by itself', async () => {
  await fuzz([LINES], async (lines) => {
    const readings = await readingsOf(place('lines', { 'a.jsonl': joined(lines) }));

    expect(readings).toEqual(linesIn(lines).map(plainReading).filter(reading => reading !== undefined));
  });
}, TIMEOUT);

/** Reads a folder for all monitors, as an execution does. */
async function findingsOf(dataset: string, labels: Labels): Promise<Findings[]> {
  const format = { sagemakerCaptureJson: { captureIndexNames: ['endpointInput'] } } as const;
  const execution: ExecutionTask = {
    kind: 'execution', dataset, format, groundTruth: undefined, endpoint: 'e', window: WINDOW, metricTime: WINDOW.start, cloudWatchFolder: undefined, monitors: TASKS,
  };
  const watches = TASKS.map((task) => {
    mkdirSync(task.output, { recursive: true });
    const rejected = new RejectedLog(path.join(task.output, 'rejected.jsonl'), false);
    const monitor = openMonitor(task, execution, rejected, labels);
    return { monitor, rejected, reader: new MonitorReader(monitor, rejected) };
  });
  for (let readers = watches.map(({ reader }) => reader); readers.length > 0; readers = readers.filter(reader => reader.startsAgain())) {
    await readCapture(dataset, readers);
  }
  return Promise.all(watches.map(async ({ monitor, reader, rejected }) => {
    rejected.close();
    return monitor.judge(reader.counts);
  }));
}

/** What became known of some of the requests, and of others. */
const LABELS = fc.array(fc.tuple(ID, fc.constantFrom('0', '1', '2', '', 'yes', '1,0')), { maxLength: 12 });

/** What a monitor found, without how it is drawn. */
function told({ records, violations, drift, metrics, files }: Findings): string {
  return JSON.stringify({ records, violations, drift, metrics, files });
}

test('no monitor fails, the counts add up, and neither files nor blocks change a result', async () => {
  await fuzz([LINES, LABELS, fc.nat(), fc.nat()], async (lines, known, cut, shift) => {
    const labels = (): Labels => {
      const added = new Labels();
      for (const [id, data] of known) added.add(id, { data, encoding: 'CSV' });
      return added;
    };
    const whole = joined(lines);
    const all = await findingsOf(place('whole', { 'a.jsonl': whole }), labels());
    const [data, quality, bias] = all;
    const half = cut % (lines.length + 1);
    const split = place('split', { 'a.jsonl.gz': gzipSync(joined(lines.slice(0, half))), 'b.jsonl': joined(lines.slice(half)) });
    const blank = Buffer.alloc(BLOCK - shift % whole.length, ' ');
    const shifted = place('shifted', { 'a.jsonl': joined([blank, ...lines]) });

    const readings = linesIn(lines).map(plainReading).filter(reading => reading !== undefined);
    const inWindow = readings.filter(({ what }) => what === 'request').map(({ detail }) => (detail as unknown[])[2] as string | readonly Row[]);
    const unread = readings.filter(({ what }) => what === 'rejected').length + inWindow.filter(rows => typeof rows === 'string').length;
    const rows = inWindow.reduce((sum, input) => sum + (typeof input === 'string' ? 0 : input.length), 0);
    expect(data!.records).toMatchObject({ captured: inWindow.length, outsideWindow: readings.filter(({ what }) => what === 'outside').length });
    expect(data!.records.analysed + data!.records.rejected).toBe(rows + unread);
    expect(quality!.records.labelled).toBeLessThanOrEqual(quality!.records.analysed);
    expect(bias!.records.captured).toBe(inWindow.length);
    for (const other of [split, shifted]) expect((await findingsOf(other, labels())).map(told)).toEqual(all.map(told));
  });
}, TIMEOUT);

describe('what was found so', () => {
  test('a text of the metadata that is named like a side is not taken for the side, in the second line as in the first', async () => {
    const line = (data: string): Buffer => Buffer.from(JSON.stringify({
      captureData: { endpointInput: { data, encoding: 'CSV' } },
      eventMetadata: { eventId: 'e', inferenceTime: WINDOW.start, endpointInput: '7,7,7' },
    }));

    const readings = await readingsOf(place('named', { 'a.jsonl': joined([line('1,2'), line('3,4')]) }));

    expect(readings).toEqual(['1,2', '3,4'].map(data => plainReading(line(data))));
  });
});
