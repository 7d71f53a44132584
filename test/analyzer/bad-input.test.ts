import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ExecutionSummary } from '../../lib/contract';
import { Answer, CommandLine } from '../bin/command-line';
import { record } from './workspace';

const ROWS = 400;
const line = new CommandLine();
const run = line.run.bind(line);

const shops = Array.from({ length: ROWS }, (_, index) => `${(20 + (index * 37 % 100) / 10).toFixed(2)},${['Paris', 'Köln'][index % 2]!}`);
const applicants = Array.from({ length: ROWS }, (_, index) => ({ sex: index % 3 === 0 ? 'f' : 'm', approved: (index * 7) % 10 < 5 ? 1 : 0, predicted: (index * 7) % 10 < 6 ? 1 : 0 }));
const table = (rows: readonly Record<string, unknown>[]): string => [Object.keys(rows[0]!).join(','), ...rows.map(row => Object.values(row).join(','))].join('\n');
const brokenOff = (text: string): Buffer => gzipSync(text).subarray(0, 100);
const request = (id: string, answer = '1', time = '2026-01-31T09:30:00Z'): string => JSON.stringify({
  captureData: { endpointInput: { data: '1,2', encoding: 'CSV' }, endpointOutput: { data: answer, encoding: 'CSV' } }, eventMetadata: { eventId: id, inferenceTime: time },
});
const label = (id: string, data = '1'): string => JSON.stringify({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId: id } });

beforeAll(() => {
  line
    .write('shops.csv', ['price,shop', ...shops])
    .write('applicants.csv', table(applicants))
    .write('requests/a.jsonl', applicants.map(({ predicted }, index) => request(`e${index}`, String(predicted))));
  expect(run('baseline', 'data-quality', '--dataset', 'shops.csv', '--header', '--output', 'shops').status).toBe(0);
  expect(run('baseline', 'model-quality', '--dataset', 'applicants.csv', '--header', ...QUALITY, '--label', 'approved', '--prediction', 'predicted', '--output', 'quality').status).toBe(0);
  expect(run('baseline', 'model-bias', '--dataset', 'applicants.csv', '--header', ...BIAS, '--output', 'bias').status).toBe(0);
});
afterAll(() => {
  line.remove();
});

const QUALITY = ['--problem-type', 'BinaryClassification'];
const BIAS = ['--label', 'approved', '--positive-label', '1', '--facet', 'sex=f', '--prediction', 'predicted'];

/** What a command found, read from its JSON. */
const found = ({ stdout }: Answer): ExecutionSummary => JSON.parse(stdout) as ExecutionSummary;
const reasons = (folder: string): string[] => line.read(`${folder}/rejected.jsonl`).trimEnd().split('\n').map(text => (JSON.parse(text) as { reason: string }).reason);

describe('what cannot be read at all ends with what to change, in one line', () => {
  const dataQuality = (...words: string[]): string[] => ['baseline', 'data-quality', ...words, '--output', 'x'];
  const quality = (file: string, ...words: string[]): string[] => ['baseline', 'model-quality', '--dataset', file, '--header', ...QUALITY, ...words, '--output', 'x'];

  test.each<[string, Record<string, string | Buffer>, string[], RegExp]>([
    ['CSV in UTF-16', { 'wide.csv': Buffer.from(`price,shop\n${shops.join('\n')}`, 'utf16le') }, dataQuality('--dataset', 'wide.csv', '--header'), /wide\.csv: the header cannot be read: the row is not UTF-8: it holds NUL characters, as UTF-16 does/],
    ['JSON lines in UTF-16', { 'wide.jsonl': Buffer.from('{"price":1}\n{"price":2}', 'utf16le') }, dataQuality('--dataset', 'wide.jsonl'), /2 rejected, the first in wide\.jsonl, line 1: line is not valid JSON/],
    ['CSV whose gzip breaks off', { 'cut.csv.gz': brokenOff(`price,shop\n${shops.join('\n')}`) }, dataQuality('--dataset', 'cut.csv.gz', '--header'),
      /cut\.csv\.gz cannot be unpacked \(unexpected end of file\): it is no gzip file, or not all of it; bring it again/],
    ['captures whose gzip breaks off', { 'cut/a.jsonl.gz': brokenOff(shops.map(shop => record(shop)).join('\n')) }, dataQuality('--capture', 'cut'), /a\.jsonl\.gz cannot be unpacked/],
    ['a .gz that is none', { 'plain.jsonl.gz': '{"price":1}' }, dataQuality('--dataset', 'plain.jsonl.gz'), /plain\.jsonl\.gz cannot be unpacked \(incorrect header check\)/],
    ['a Parquet file that is none', { 'text.parquet': 'price,shop' }, dataQuality('--dataset', 'text.parquet'), /text\.parquet is no Parquet file that can be read/],
    ['two columns of one name', { 'twice.csv': 'price,price\n1,2' }, dataQuality('--dataset', 'twice.csv', '--header'), /two columns are named "price"; name each column once/],
    ['a header alone', { 'header.csv': 'price,shop\n' }, dataQuality('--dataset', 'header.csv', '--header'), /has no row to analyse/],
    ['a label column that is missing', {}, quality('applicants.csv', '--label', 'granted', '--prediction', 'predicted'), /the label is looked for in column "granted"; the row has "sex", "approved", "predicted"/],
    ['a label column that is constant', { 'same.csv': table(applicants.map(each => ({ ...each, approved: 1 }))) }, quality('same.csv', '--label', 'approved', '--prediction', 'predicted'),
      /every row of the baseline has the label 1; quality needs rows of different labels/],
    ['a facet column that is missing', {}, ['baseline', 'model-bias', '--dataset', 'applicants.csv', '--header', ...BIAS, '--facet', 'gender=f', '--output', 'x'],
      /there is no column "gender" for the facet; the feature columns are "sex"/],
    ['a bias label that is missing', {}, ['baseline', 'model-bias', '--dataset', 'applicants.csv', '--header', ...BIAS, '--label', 'granted', '--output', 'x'],
      /no row of the baseline dataset could be analysed: the label is looked for in column "granted"; the row has "sex", "approved", "predicted"/],
    ['a bias label that is constant', { 'same.csv': table(applicants.map(each => ({ ...each, approved: 1 }))) },
      ['baseline', 'model-bias', '--dataset', 'same.csv', '--header', ...BIAS, '--output', 'x'], /the label "approved" is 1 in every row; bias needs rows with positive and with other labels/],
  ])('%s', (_, files, words, message) => {
    for (const [file, content] of Object.entries(files)) line.write(file, content);

    const { status, stdout, stderr } = run(...words);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toMatch(message);
  });
});

describe('what is bad among good is counted and kept with its reason', () => {
  const requests = shops.map(shop => record(shop));

  test.each<[string, string, string | Buffer, string[], string]>([
    ['a CSV row with too few fields', 'd.csv', ['price,shop', ...shops, '21'].join('\n'), ['--header'], 'the row has 1 columns, expected 2'],
    ['a CSV row with too many fields', 'd.csv', ['price,shop', ...shops, '21,Paris,x'].join('\n'), ['--header'], 'the row has 3 columns, expected 2'],
    ['a CSV row in Latin-1', 'd.csv', Buffer.concat([Buffer.from(`price,shop\n${shops.join('\n')}\n`), Buffer.from('21,Köln', 'latin1')]), ['--header'], 'the row is not UTF-8'],
    ['a JSON line in Latin-1', 'd.jsonl', Buffer.concat([
      Buffer.from(shops.map(shop => shop.replace(/(.*),(.*)/, '{"price":$1,"shop":"$2"}\n')).join('')),
      Buffer.from('{"price":21,"shop":"Köln"}', 'latin1'),
    ]), [], 'line is not UTF-8'],
    ['a JSON line that says one name twice', 'd.jsonl', `${shops.map(shop => shop.replace(/(.*),(.*)/, '{"price":$1,"shop":"$2"}\n')).join('')}{"price":21,"shop":"Paris","a.b":1,"a":{"b":2}}`, [],
      'a key with a dot has the name of a nested value'],
    ['a request with too few fields', 'capture', [...requests, record('21')].join('\n'), [], 'the row has 1 columns, expected 2'],
    ['a request with too many fields', 'capture', [...requests, record('21,Paris,x')].join('\n'), [], 'the row has 3 columns, expected 2'],
    ['a request in Latin-1', 'capture', Buffer.concat([Buffer.from(`${requests.join('\n')}\n`), Buffer.from(record('21,Köln'), 'latin1')]), [], 'line is not UTF-8'],
    ['a request that breaks off', 'capture', [...requests, requests[0]!.slice(0, 40)].join('\n'), [], 'line is not valid JSON'],
  ])('%s', (_, file, content, options, reason) => {
    const data = file === 'capture' ? ['--capture', 'capture'] : ['--dataset', file];
    line.write(file === 'capture' ? 'capture/a.jsonl' : file, content);

    const analysed = run('analyze', 'data-quality', ...data, ...options, '--baseline', 'shops', '--output', 'bad', '--json');

    expect(analysed).toMatchObject({ status: 0, stderr: '' });
    expect(found(analysed)).toMatchObject({ records: { analysed: ROWS, rejected: 1 }, violations: [] });
    expect(reasons('bad')).toEqual([reason]);
  });
});

describe('labels', () => {
  const judged = (labels: readonly string[], capture = 'requests', ...window: string[]): ExecutionSummary => {
    line.write('labels/a.jsonl', labels);
    const analysed = run('analyze', 'model-quality', '--capture', capture, '--ground-truth', 'labels', ...QUALITY, '--prediction', '0', ...window, '--baseline', 'quality', '--output', 'judged', '--json');
    expect([0, 2]).toContain(analysed.status);
    expect(analysed.stderr).toBe('');
    return found(analysed);
  };
  const labels = applicants.map(({ approved }, index) => label(`e${index}`, String(approved)));

  test('of unknown requests are counted and change nothing else', () => {
    const { records, ...others } = judged(labels);

    expect(judged([...labels, label('unknown', '0')])).toEqual({ ...others, records: { ...records, unmatchedLabels: 1 } });
  });

  test('that come twice are counted, and the last one holds', () => {
    const { records, ...others } = judged(labels);
    const wrong = applicants.map((_, index) => label(`e${index}`, '0'));

    expect(judged([...wrong, ...labels])).toEqual({ ...others, records: { ...records, duplicatedLabels: ROWS } });
  });

  test('that are no label are kept with their reason', () => {
    expect(judged([...labels, '{"groundTruthData":{}}']).records).toMatchObject({ labelled: ROWS, rejected: 1 });
    expect(reasons('judged')).toEqual(['groundTruthData.data is missing or no string']);
  });

  test('of one class only: what cannot be computed is absent, not zero', () => {
    judged(applicants.map((_, index) => label(`e${index}`, '0')));

    const metrics = line.read('judged/metrics.jsonl').trimEnd().split('\n').map(text => JSON.parse(text) as { MetricName: string; Value?: number });
    expect(metrics.map(({ MetricName }) => MetricName)).not.toContain('auc');
    expect(metrics.filter(({ MetricName }) => MetricName === 'recall' || MetricName === 'true_positive_rate')).toEqual([]);
  });

  test('that have not come yet are no proof of quality', () => {
    line.write('labels/a.jsonl', []);
    const { status, stderr } = run('analyze', 'model-quality', '--capture', 'requests', '--ground-truth', 'labels', ...QUALITY, '--prediction', '0', '--baseline', 'quality', '--output', 'judged');
    expect([status, stderr]).toEqual([1, expect.stringContaining(`none of the ${ROWS} rows has a label in`)]);
  });
});

test('requests whose id comes twice are both analysed, with the same label', () => {
  line.write('twice/a.jsonl', [request('same'), request('same', '0')]).write('one/a.jsonl', [label('same')]);

  const analysed = run('analyze', 'model-quality', '--capture', 'twice', '--ground-truth', 'one', ...QUALITY, '--prediction', '0', '--baseline', 'quality', '--output', 'both', '--json');

  expect(found(analysed).records).toMatchObject({ captured: 2, analysed: 2, labelled: 2, rejected: 0 });
});

test('a group of a facet without any row is named, and its metrics are null with a reason', () => {
  line.write('men.csv', table(applicants.filter(({ sex }) => sex === 'm')));

  const { stdout, stderr } = run('analyze', 'model-bias', '--dataset', 'men.csv', '--header', ...BIAS, '--baseline', 'bias', '--output', 'men', '--json');

  expect(stderr).toBe('');
  expect(JSON.stringify(found({ status: 0, stdout, stderr }).violations)).toContain('sex');
  const { facets } = (line.json('men/analysis.json') as { pre_training_bias_metrics: { facets: Record<string, { metrics: { value: unknown; error?: string }[] }[]> } }).pre_training_bias_metrics;
  for (const { value, error } of facets.sex![0]!.metrics) expect({ value, hasReason: error !== undefined }).toEqual({ value: null, hasReason: true });
});

test('around the hour each request is analysed in one window, whatever file it is in and wherever its clock is', () => {
  const times = ['08:59:59.999Z', '09:00:00.000Z', '09:59:59.999Z', '10:00:00.000Z', '11:59:00+02:00', '08:30:00-01:00'].map(time => `2026-01-31T${time}`);
  line.write('skew/2026/01/31/09/00-00-000-a.jsonl', times.map((time, index) => record(shops[index]!, { time })));
  const counts = (hour: number): [number, number] => {
    const window = ['--start', `2026-01-31T${String(hour).padStart(2, '0')}:00:00Z`, '--end', `2026-01-31T${String(hour + 1).padStart(2, '0')}:00:00Z`];
    const { analysed, outsideWindow } = found(run('analyze', 'data-quality', '--capture', 'skew', ...window, '--baseline', 'shops', '--output', 'skewed', '--json')).records;
    return [analysed, outsideWindow];
  };

  expect([8, 9, 10].map(counts)).toEqual([[1, 5], [4, 2], [1, 5]]);
});

test('a link to a file is read as the file, and one to a folder is named: nothing is left out in silence', () => {
  line.write('linked/b.txt', '').write('elsewhere/a.jsonl', shops.map(shop => record(shop)));
  symlinkSync('../elsewhere/a.jsonl', path.join(line.folder, 'linked/a.jsonl'));
  const analyse = (): Answer => run('analyze', 'data-quality', '--capture', 'linked', '--baseline', 'shops', '--output', 'links', '--json');

  expect(found(analyse()).records).toMatchObject({ analysed: ROWS });
  symlinkSync('../elsewhere', path.join(line.folder, 'linked/folder'));
  expect(analyse()).toEqual({ status: 1, stdout: '', stderr: 'error: linked/folder is a link that leads to no file; links to folders are not followed, bring what is in them\n' });
});

test('2,000 columns are analysed, each', () => {
  const names = Array.from({ length: 2000 }, (_, column) => `c${column}`);
  const rows = Array.from({ length: 300 }, (_, row) => names.map((_name, column) => (row * (column + 1)) % 97).join(','));
  line.write('wide.csv', [names.join(','), ...rows]);

  expect(run('baseline', 'data-quality', '--dataset', 'wide.csv', '--header', '--output', 'wide')).toMatchObject({ status: 0, stderr: '' });
  const analysed = run('analyze', 'data-quality', '--dataset', 'wide.csv', '--header', '--baseline', 'wide', '--output', 'wide-window', '--json');

  expect(analysed).toMatchObject({ status: 0, stderr: '' });
  expect((line.json('wide-window/statistics.json') as { features: unknown[] }).features).toHaveLength(2000);
});
