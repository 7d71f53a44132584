import fc from 'fast-check';
import { DataQualityAnalysis, violationSubject } from '../../lib/contract';
import { bell, ExecutionReport, metric, record, WINDOW, Workspace } from './workspace';

const workspaces: Workspace[] = [];
function workspace(): Workspace {
  const created = new Workspace();
  workspaces.push(created);
  return created;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
});

const ROWS = 60;
const prices = bell(ROWS, 20, 3);
const shops = ['Köln', 'Paris', 'Wien'];
const trained = workspace();
const lines = prices.map((price, index) => `${price},${index % 7},${shops[index % 3]}`);
const good = lines.map(line => record(line));

beforeAll(() => {
  expect(trained.baselineOf(['price,größe,shop', ...lines].join('\n')).run()).toMatchObject({ status: 0 });
});

function execute(captured: Record<string, string> | readonly string[], analysis: Partial<DataQualityAnalysis> = {}): ExecutionReport {
  const files = Array.isArray(captured) ? { '2026/01/31/09/00-00-000-a.jsonl': captured.join('\n') } : captured as Record<string, string>;
  const execution = workspace().executionOf(trained.baseline, files, analysis);
  expect(execution.run()).toMatchObject({ status: 0, stderr: '' });
  return execution.report;
}

/** One bad record among good ones: it is kept with its reason, the others are analysed. */
function rejectionOf(bad: string, analysis: Partial<DataQualityAnalysis> = {}): string | undefined {
  const { summary, rejected } = execute([...good.slice(0, 3), bad, ...good.slice(3)], analysis);
  expect(summary.violations).toEqual([]);
  expect(summary.records).toMatchObject({ analysed: ROWS, rejected: 1 });
  expect(rejected).toHaveLength(1);
  expect(rejected[0]).toMatchObject({ file: '2026/01/31/09/00-00-000-a.jsonl', line: 4, record: bad });
  return rejected[0]?.reason;
}

describe('a record that cannot be analysed is kept with file, line and reason', () => {
  const metadata = { eventId: 'e', inferenceTime: '2026-01-31T09:30:00Z' };
  const input = { data: '1,2,Wien', encoding: 'CSV' };

  test.each([
    ['a line that breaks off', '{"captureData":{"endpointInput":{"data":"1', 'line is not valid JSON'],
    ['a line that is no object', '[1,2]', 'line is no JSON object'],
    ['no metadata', JSON.stringify({ captureData: { endpointInput: input } }), 'eventMetadata is missing'],
    ['no event id', JSON.stringify({ captureData: { endpointInput: input }, eventMetadata: { inferenceTime: metadata.inferenceTime } }), 'eventMetadata.eventId is missing'],
    ['no time', JSON.stringify({ captureData: { endpointInput: input }, eventMetadata: { eventId: 'e' } }), 'eventMetadata.inferenceTime is missing or no ISO 8601 time'],
    ['no capture data', JSON.stringify({ eventMetadata: metadata }), 'captureData is missing'],
    ['a side that was not captured', JSON.stringify({ captureData: { endpointOutput: input }, eventMetadata: metadata }), 'endpointInput was not captured'],
    ['data that is no string', JSON.stringify({ captureData: { endpointInput: { data: 1, encoding: 'CSV' } }, eventMetadata: metadata }), 'endpointInput.data is missing or no string'],
    ['an unknown encoding', JSON.stringify({ captureData: { endpointInput: { data: 'x', encoding: 'XML' } }, eventMetadata: metadata }), 'endpointInput.encoding is none of CSV, JSON, BASE64'],
    ['an empty payload', record(''), 'endpointInput is empty'],
    ['a payload that is no JSON', record('{"price": NaN}', { encoding: 'JSON' }), 'endpointInput: payload is not valid JSON'],
    ['a row of another width', record('1,2'), 'the row has 2 columns, expected 3'],
    ['a payload of brackets', record('['.repeat(50_000) + ']'.repeat(50_000), { encoding: 'JSON' }), 'endpointInput: payload is nested too deeply'],
    ['an image', record(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]).toString('base64'), { encoding: 'BASE64', contentType: 'image/png' }),
      'endpointInput: BASE64 of image/png is neither CSV nor JSON'],
    ['a page', record(Buffer.from('<html>502</html>').toString('base64'), { encoding: 'BASE64', contentType: 'text/html' }),
      'endpointInput: BASE64 of text/html is neither CSV nor JSON'],
  ])('%s', (_, bad, reason) => {
    expect(rejectionOf(bad)).toBe(reason);
  });

  test('sides that do not have the same rows', () => {
    const pairs = ['0.5\n0.6\n', '0.7'].map(output => record('1,Wien', { output }));
    const { rejected, summary } = execute(pairs, { captureIndexNames: ['endpointInput', 'endpointOutput'] });
    expect(rejected.map(({ reason }) => reason)).toEqual(['endpointOutput has 2 rows, endpointInput 1']);
    expect(summary.records).toEqual({ captured: 2, analysed: 1, rejected: 1, outsideWindow: 0 });
  });
});

describe('what is unusual but legal is analysed', () => {
  test('a record of many CSV lines counts as many rows', () => {
    const { summary } = execute([record(`${lines.join('\r\n')}\n`)]);
    expect(summary).toMatchObject({ violations: [], records: { captured: 1, analysed: ROWS, rejected: 0 } });
  });

  test('a quoted comma, quote and line break belong to the value', () => {
    const { violations, rejected } = execute([...good, record('20,1,"Paris, ""Nord""\nEst"')]);
    expect(rejected).toEqual([]);
    expect(violations.map(({ explanation }) => explanation)).toEqual(['shop: new category Paris, "Nord" Est in 1.6 % of rows']);
  });

  test('NaN, infinite and overflowing numbers are text, and nothing that is written holds them', () => {
    const odd = ['NaN', 'inf', '-Infinity', '1e400'].map(value => record(`${value},1,Wien`));
    const report = execute([...good, ...odd, record('{"price":1e400,"größe":1,"shop":"Wien"}', { encoding: 'JSON' })]);
    expect(report.violations.map(violation => [violationSubject(violation), violation.constraint_check_type])).toEqual([['price', 'data_type_check']]);
    expect(report.metrics.find(({ MetricName }) => MetricName === 'feature_data_price')!.StatisticValues!.SampleCount).toBe(ROWS);
    expect(JSON.stringify(report.statistics)).not.toMatch(/[:,[](null|NaN|-?Infinity)/);
  });

  test('a feature name beyond ASCII reaches reports as it is and metrics percent-encoded', () => {
    const report = execute(good);
    expect(report.statistics.features.map(({ name }) => name)).toEqual(['price', 'größe', 'shop']);
    expect(metric(report, 'feature_non_null_gr%C3%B6%C3%9Fe')).toBe(ROWS);
    expect(report.html).toContain('größe');
  });

  test.each([
    ['objects', (row: string[]) => ({ price: Number(row[0]), größe: Number(row[1]), shop: row[2] })],
    ['nested under instances', (row: string[]) => ({ instances: [{ price: Number(row[0]), größe: Number(row[1]), shop: row[2] }] })],
    ['arrays under features', (row: string[]) => ({ instances: [{ features: [Number(row[0]), Number(row[1]), row[2]] }] })],
    ['plain arrays', (row: string[]) => [Number(row[0]), Number(row[1]), row[2]]],
  ])('JSON payloads: %s', (_, body) => {
    const { summary } = execute(lines.map(line => record(JSON.stringify(body(line.split(','))), { encoding: 'JSON' })));
    expect(summary).toMatchObject({ violations: [], records: { analysed: ROWS, rejected: 0 } });
    expect(summary.drift).toHaveLength(3);
  });

  test('BASE64 of CSV and of JSON is decoded, whatever its content type says', () => {
    const encode = (text: string): string => record(Buffer.from(text).toString('base64'), { encoding: 'BASE64', contentType: 'text/html; charset=utf-8' });
    const { summary } = execute(lines.map((line, index) => {
      const [price, size, shop] = line.split(',');
      return encode(index % 2 === 0 ? line : JSON.stringify({ price: Number(price), größe: Number(size), shop }));
    }));
    expect(summary).toMatchObject({ violations: [], records: { analysed: ROWS, rejected: 0 } });
  });

  test('with both sides, the output\'s columns come first', () => {
    const { statistics } = execute(lines.map((line) => {
      const [price, ...rest] = line.split(',');
      return record(rest.join(','), { output: price });
    }), { captureIndexNames: ['endpointInput', 'endpointOutput'] });
    expect(statistics.features[0]).toMatchObject({ name: 'price', inferred_type: 'Fractional' });
    expect(statistics.features[2]).toMatchObject({ name: 'shop', inferred_type: 'String' });
  });
});

describe('columns that do not match the baseline are named', () => {
  test('JSON without a column of the baseline, with one that it lacks', () => {
    const { violations } = execute(lines.map((line) => {
      const [price, size] = line.split(',').map(Number);
      return record(JSON.stringify({ price, größe: size, country: 'AT' }), { encoding: 'JSON' });
    }));
    expect(violations).toEqual([
      { feature_name: 'Missing columns', constraint_check_type: 'missing_column_check', explanation: 'missing column shop',
        description: 'There are missing columns in current dataset. Number of columns in current dataset: 3, Number of columns in baseline constraints: 3' },
      { feature_name: 'Extra columns', constraint_check_type: 'extra_column_check', explanation: 'extra column country',
        description: 'There are extra columns in current dataset. Number of columns in current dataset: 3, Number of columns in baseline constraints: 3' },
    ]);
  });

  test('a column that few rows have says how few', () => {
    const { violations } = execute([...good, record('{"price":20.5,"größe":1,"shop":"Wien","coupon":1}', { encoding: 'JSON' })]);
    expect(violations.map(({ explanation }) => explanation)).toEqual(['extra column coupon (in 1.6 % of rows)']);
  });

  test('CSV that became wider all over is one violation, and what is still narrow is rejected', () => {
    const { violations, summary, rejected } = execute([good[0]!, ...lines.map(line => record(`${line},new`))]);
    expect(violations).toEqual([{
      feature_name: 'Extra columns', constraint_check_type: 'extra_column_check',
      description: 'There are extra columns in current dataset. Number of columns in current dataset: 4, Number of columns in baseline constraints: 3',
      explanation: 'extra column _c3, by position after shop: the payload has no header',
    }]);
    expect(summary.records).toEqual({ captured: ROWS + 1, analysed: ROWS, rejected: 1, outsideWindow: 0 });
    expect(rejected[0]).toMatchObject({ line: 1, reason: 'the row has 3 columns, expected 4' });
  });

  test('CSV that became narrower all over is one violation', () => {
    const { violations } = execute(lines.map(line => record(line.split(',').slice(0, 2).join(','))));
    expect(violations.map(({ explanation }) => explanation)).toEqual(['missing column shop, by position: the payload has no header']);
  });
});

describe('the window', () => {
  const at = (time: string): string => record('20,1,Wien', { time });

  test('a line that does not tell its time is rejected in one window only: the one in which its file begins', () => {
    const before = execute({ '2026/01/31/08/59-30-000-a.jsonl': '{ broken' });
    const within = execute({ '2026/01/31/09/59-30-000-a.jsonl': '{ broken' });

    expect([before.summary.records, before.rejected]).toEqual([{ captured: 0, analysed: 0, rejected: 0, outsideWindow: 1 }, []]);
    expect(within.summary.records.rejected).toBe(1);
  });

  test('records around the edges of an hour are each analysed in exactly one window', () => {
    const files = {
      '2026/01/31/08/59-30-000-a.jsonl': ['2026-01-31T08:59:30Z', '2026-01-31T08:59:59.999Z', '2026-01-31T09:00:00Z', '2026-01-31T09:00:20Z'].map(at).join('\n'),
      '2026/01/31/09/59-30-000-b.jsonl': ['2026-01-31T09:59:59Z', '2026-01-31T10:00:00Z', '2026-01-31T11:00:00+01:00'].map(at).join('\n'),
    };
    const counts = [8, 9, 10].map((hour) => {
      const hourOf = (value: number): string => `2026-01-31T${String(value).padStart(2, '0')}:00:00.000Z`;
      const execution = workspace().executionOf(trained.baseline, files);
      const config = execution.json('processing/input/config/config.json') as object;
      execution.writeJson('processing/input/config/config.json', { ...config, window: { start: hourOf(hour), end: hourOf(hour + 1) } }).run();
      return execution.report.summary.records;
    });
    expect(counts.map(({ captured }) => captured)).toEqual([2, 3, 2]);
    expect(counts.map(({ captured, outsideWindow }) => captured + outsideWindow)).toEqual([7, 7, 7]);
  });

  test('a record without data that belongs to another hour is that hour\'s to reject', () => {
    const bare = (time: string): string => JSON.stringify({ eventMetadata: { eventId: 'e', inferenceTime: time } });
    const { summary, rejected } = execute([bare('2026-01-31T09:59:59Z'), bare('2026-01-31T10:00:00Z')]);
    expect(summary.records).toEqual({ captured: 1, analysed: 0, rejected: 1, outsideWindow: 1 });
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([[1, 'captureData is missing']]);
  });

  test.each([
    ['no file', {}],
    ['an empty file', { 'a.jsonl': '' }],
    ['a file of blank lines', { 'a.jsonl': '\n \r\n\n' }],
    ['only records of another hour', { 'a.jsonl': at('2026-01-31T10:00:00Z') }],
  ])('%s: all files are written, nothing is violated', (_, files) => {
    const report = execute(files);
    expect(report.summary).toMatchObject({ window: WINDOW, violations: [], drift: [], records: { captured: 0, analysed: 0 } });
    expect(report.statistics.dataset.item_count).toBe(0);
    expect(metric(report, 'records_captured')).toBe(0);
    expect(report.html).toContain('No data in this window');
  });

  test('how records are split into files changes nothing but the names in rejected.jsonl', () => {
    const records = [...good, '{"broken', record('1,2'), at('2026-01-31T10:00:00Z')];
    const whole = execute(records);
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: records.length }), { maxLength: 4 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), records.length];
      const files = Object.fromEntries(edges.slice(1).map((end, index) =>
        [`2026/01/31/09/0${index}-00-000-x.jsonl`, records.slice(edges[index], end).join('\n')]));
      const split = execute(files);
      const withReasonsOnly = (report: ExecutionReport): unknown => ({ ...report, rejected: report.rejected.map(({ reason }) => reason) });
      expect(withReasonsOnly(split)).toEqual(withReasonsOnly(whole));
    }), { numRuns: 5, seed: 1 });
  });

  test('the same input gives the same bytes', () => {
    const files = { 'a.jsonl': [...good, '{"broken', record('99,1,Bonn')].join('\n') };
    const [first, second] = [0, 1].map(() => {
      const execution = workspace().executionOf(trained.baseline, files);
      execution.run();
      return ['statistics.json', 'constraints.json', 'constraint_violations.json', 'metrics.jsonl', 'summary.json', 'rejected.jsonl', 'report.html']
        .map(file => execution.read(`processing/output/data-quality/${file}`));
    });
    expect(first).toEqual(second);
  });
});
