import { createHash } from 'node:crypto';
import { DuckDBInstance } from '@duckdb/node-api';
import { bell, metric, record, Workspace } from './workspace';

const workspaces: Workspace[] = [];
function workspace(): Workspace {
  const created = new Workspace();
  workspaces.push(created);
  return created;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
});

const CSV = ['amount,code,label', ...bell(60, 50, 8).map((amount, index) => `${amount},c${index % 3},${index % 2}`)].join('\n');
const CONTAINER_PATHS = {
  dataset_source: '/opt/ml/processing/input_data', output_path: '/opt/ml/processing/reports',
};
const EXECUTION = {
  ...CONTAINER_PATHS,
  dataset_format: '{"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}',
  start_time: '2026-01-31T09:00:00Z', end_time: '2026-01-31T10:00:00Z', metric_time: '2026-01-31T09:00:00Z',
  publish_cloudwatch_metrics: 'Enabled', sagemaker_endpoint_name: 'churn', sagemaker_monitoring_schedule_name: 'hourly',
  baseline_constraints: '/opt/ml/processing/baseline/constraints/constraints.json', baseline_statistics: '/opt/ml/processing/baseline/stats',
};

describe('the environment of the service\'s container, without a config.json', () => {
  test('no baseline: makes one, and an execution obeys it', () => {
    const baseline = workspace().write('processing/input_data/train.csv', CSV);
    expect(baseline.run({ ...CONTAINER_PATHS, dataset_format: '{"csv":{"header":true,"output_columns_position":"START"}}' }).status).toBe(0);
    const execution = workspace()
      .write('processing/baseline/constraints/constraints.json', baseline.read('processing/reports/constraints.json'))
      .write('processing/baseline/stats/statistics.json', baseline.read('processing/reports/statistics.json'))
      .write('processing/input_data/churn/AllTraffic/2026/01/31/09/a.jsonl', [record('50.5,c1,0'), record('50.5,c9,0')].join('\n'));
    expect(execution.run(EXECUTION)).toMatchObject({ status: 0, message: 'CompletedWithViolations: Job completed successfully with 1 violations.' });
    expect(execution.json('processing/reports/constraint_violations.json')).toMatchObject({ violations: [{ feature_name: 'code' }] });
    expect(execution.read('output/metrics/cloudwatch/cloudwatch_metrics.jsonl')).toBe(execution.read('processing/reports/metrics.jsonl'));
    expect(execution.lines('processing/reports/metrics.jsonl')[0]).toMatchObject({ Timestamp: '2026-01-31T09:00:00Z' });
  });

  test('metrics that nobody collects are not put where the service collects them', () => {
    const baseline = workspace().baselineOf(CSV);
    baseline.run();
    const execution = workspace().executionOf(baseline.baseline, { 'a.jsonl': record('50.5,c1,0') });
    execution.run({ publish_cloudwatch_metrics: 'Disabled' });
    expect(execution.exists('output/metrics/cloudwatch')).toBe(false);
    expect(metric(execution.report, 'records_captured')).toBe(1);
  });
});

describe('baseline job', () => {
  test.each([
    ['csv', CSV, 'train.csv', { csv: { header: true } }],
    ['json', CSV.split('\n').slice(1).map((line) => {
      const [amount, code, label] = line.split(',');
      return JSON.stringify({ amount: Number(amount), code, label: Number(label) });
    }).join('\n'), 'train.jsonl', { json: { lines: true } }],
  ] as const)('the same data as %s gives the same statistics', (_, dataset, file, datasetFormat) => {
    const reference = workspace().baselineOf(CSV);
    const job = workspace().baselineOf(dataset, {}, { datasetFormat }, file);
    expect([reference.run().status, job.run().status]).toEqual([0, 0]);
    expect(job.baseline).toEqual(reference.baseline);
  });

  test('Parquet is read with its types', async () => {
    const job = workspace().baselineOf('', {}, { datasetFormat: { parquet: {} } }, 'unused/.keep');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (SELECT i AS n, i / 4 AS x, CASE WHEN i % 5 > 0 THEN 'k' || i % 3 END AS k FROM range(40) t(i))
      TO '${job.root}/processing/input/dataset/train.parquet' (FORMAT parquet)`);
    connection.closeSync();
    expect(job.run()).toMatchObject({ status: 0, stderr: '' });
    expect(job.baseline.constraints.features).toMatchObject([
      { name: 'n', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } },
      { name: 'x', inferred_type: 'Fractional', completeness: 1 },
      { name: 'k', inferred_type: 'String', completeness: 0.8, string_constraints: { domains: ['k1', 'k2', 'k0'] } },
    ]);
  });

  test('Parquet gives the statistics of the same rows as CSV, whatever its columns are stored as, gaps included', async () => {
    const [parquet, csv] = [workspace(), workspace()];
    parquet.baselineOf('', {}, { datasetFormat: { parquet: {} } }, 'unused/.keep');
    csv.baselineOf('');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`CREATE TABLE t AS SELECT
        (i % 100)::TINYINT AS tiny, (i * 3)::UINTEGER AS whole, CASE WHEN i % 7 > 0 THEN i - 4000 END AS gaps,
        9007199254740990 + i AS beyond, (i % 9)::UBIGINT AS unsigned, i / 8 - 100 AS x, CASE WHEN i % 3 > 0 THEN i / 4 END AS y,
        'k' || i % 5 AS short, CASE WHEN i % 2 > 0 THEN 'customer number ' || i % 1000 END AS long, i % 2 = 0 AS truth
      FROM range(6000) r(i)`);
    await connection.run(`COPY t TO '${parquet.root}/processing/input/dataset/train.parquet' (FORMAT parquet)`);
    await connection.run(`COPY t TO '${csv.root}/processing/input/dataset/train.csv' (HEADER)`);
    connection.closeSync();

    expect([parquet.run(), csv.run()]).toMatchObject([{ status: 0, stderr: '' }, { status: 0, stderr: '' }]);

    // Numbers are told apart by their bits, texts by their characters: how many there are is estimated within 1 % either way.
    const comparable = ({ baseline }: typeof csv): unknown => JSON.parse(JSON.stringify(baseline, (name, value: unknown) =>
      /distinct/.test(name) && Number(value) > 120 ? 'many' : value));
    expect(comparable(parquet)).toEqual(comparable(csv));
    expect(parquet.baseline.statistics.features.map(({ name, inferred_type }) => `${name}: ${inferred_type}`)).toEqual([
      'tiny: Integral', 'whole: Integral', 'gaps: Integral', 'beyond: Integral', 'unsigned: Integral',
      'x: Fractional', 'y: Fractional', 'short: String', 'long: String', 'truth: String',
    ]);
  });

  test('without header, columns are named by position', () => {
    const job = workspace().baselineOf('1,a\n2,a\n3,a\n', {}, { datasetFormat: { csv: { header: false } } });
    job.run();
    expect(job.baseline.statistics.features.map(({ name }) => name)).toEqual(['_c0', '_c1']);
    expect(job.baseline.statistics.dataset.item_count).toBe(3);
  });

  test('lines that are no rows are kept with number and reason, the others are read', () => {
    const job = workspace().baselineOf(Buffer.concat([Buffer.from('a,b\n1,"x, y"\n2\n3,z,9\n4,z\n5,'), Buffer.from([0xff, 0xfe]), Buffer.from('\n6,"open\n')]));
    expect(job.run()).toMatchObject({ status: 0 });
    expect(job.baseline.statistics.dataset.item_count).toBe(2);
    expect(job.lines('processing/output/rejected.jsonl')).toMatchObject([
      { file: 'train.csv', line: 3, reason: 'the row has 1 columns, expected 2', record: '2' },
      { line: 4, reason: 'the row has 3 columns, expected 2' },
      { line: 6, reason: 'the row is not UTF-8' },
      { line: 7, reason: 'a quote is not closed' },
    ]);
  });

  test('excluded columns are left out; a column that hardly repeats has no domain', () => {
    const names = Array.from({ length: 100 }, (_, index) => `${index},person ${index}`);
    const job = workspace().baselineOf(['label,name', ...names].join('\n'), { excludedColumns: ['label'] });
    job.run();
    expect(job.baseline.constraints.features).toEqual([{ name: 'name', inferred_type: 'String', completeness: 1 }]);
  });

  test('many distinct values are counted within two percent, without a distribution', () => {
    const job = workspace().baselineOf(['id', ...Array.from({ length: 20_000 }, (_, index) => `id-${index}`)].join('\n'));
    job.run();
    const text = job.baseline.statistics.features[0]!.string_statistics!;
    expect(Math.abs(text.distinct_count / 20_000 - 1)).toBeLessThan(0.02);
    expect(text.distribution).toBeUndefined();
  });
});

describe('what cannot be done ends with a reason, no stack trace, and exit code 1', () => {
  const CAPTURE = { 'a.jsonl': record('1') };
  const NONE = { constraints: { features: [{ name: 'a', inferred_type: 'Integral', completeness: 1 }] }, statistics: { dataset: { item_count: 1 }, features: [] } };

  test('also where the thread that would read Parquet is still loading its engine', () => {
    const job = workspace().baselineOf('', {}, {}, 'train.parquet').write('processing/input/config/config.json', '{}');
    const told = expect.stringMatching(/^Failed: the settings in .*\n$/) as string;
    for (let time = 0; time < 8; time++) expect(job.run()).toMatchObject({ status: 1, stderr: told });
  });

  test.each<[string, (job: Workspace) => Workspace, Record<string, string>, RegExp]>([
    ['nothing to do', job => job, {}, /^Failed: there is neither a config\.json in \/opt\/ml\/processing\/input\/config nor the environment variable dataset_format$/],
    ['an unknown format', job => job, { dataset_format: '{"xml":{}}' }, /^Failed: dataset_format is \{"xml":\{\}\}; it must be .*sagemakerCaptureJson/],
    ['no dataset folder', job => job, { dataset_format: '{"parquet":{}}' }, /^Failed: the dataset folder .* does not exist$/],
    ['half a window', job => job, { ...EXECUTION, end_time: 'soon' }, /^Failed: end_time is soon; it must be an ISO 8601 time/],
    ['no rows', job => job.baselineOf('a,b\n'), {}, /^Failed: the baseline dataset has no row to analyse \(0 rejected\); check its files and the dataset format$/],
    ['a column twice', job => job.baselineOf('a,a\n1,2\n'), {}, /^Failed: train\.csv: two columns are named "a"; name each column once$/],
    ['no Parquet', job => job.baselineOf('no', {}, { datasetFormat: { parquet: {} } }, 'x.parquet'), {}, /^Failed: x\.parquet is no Parquet file that can be read: /],
    ['no constraints', job => job.executionOf(NONE, CAPTURE).writeJson('processing/baseline/data-quality-constraints/b.json', {}), {},
      /^Failed: .*data-quality-constraints must hold one JSON file, the baseline constraints; it holds several$/],
    ['other constraints', job => job.executionOf({ ...NONE, constraints: { regression_constraints: {} } }, CAPTURE), {},
      /^Failed: the baseline constraints in .*constraints\.json are not as expected at "features": /],
    ['settings that lack what they must say', job => job.baselineOf('a\n1\n').writeJson('processing/input/config/config.json', { type: 'data-quality', analysis: {} }), {},
      /^Failed: the settings in .*config\.json are not as expected at "(analysis\.\w+|datasetFormat)": /],
    ['settings of an execution without a window', job => job.writeJson('processing/input/config/config.json', { schedule: { capture: {}, monitors: [] } }), {},
      /^Failed: the settings in .*config\.json are not as expected at "schedule\.monitors": /],
    ['broken settings', job => job.write('processing/input/config/config.json', '{'), {}, /^Failed: the settings in .*config\.json are not valid JSON$/],
  ])('%s', (_, prepare, environment, reason) => {
    const { status, message, stderr } = prepare(workspace()).run(environment);
    expect(message).toMatch(reason);
    expect(stderr).toBe(`${message}\n`);
    expect(status).toBe(1);
  });

  test('the message is cut at one KiB', () => {
    const job = workspace();
    expect(job.run({ dataset_format: 'ü'.repeat(3000) }).status).toBe(1);
    expect(Buffer.byteLength(job.read('output/message'))).toBeLessThanOrEqual(1024);
  });
});

describe('sensitive columns', () => {
  const SECRETS = ['anna@example.com', 'bert@example.com', 'mallory@example.com'];
  const train = ['amount,email', ...Array.from({ length: 60 }, (_, index) => `${index},${SECRETS[index % 2]}`)].join('\n');
  const hashed = (value: string): string => createHash('sha256').update(`email\0${value}`).digest('hex').slice(0, 16);

  test('no value of theirs is in any file, and what happens to them is still seen', () => {
    const baseline = workspace().baselineOf(train, { sensitiveColumns: ['email'] });
    baseline.run();
    const bad = '{"broken": "mallory@example.com"';
    const lines = [...train.split('\n').slice(1).map(line => record(line)), record(`5,${SECRETS[2]}`), record(`5,6,${SECRETS[2]}`), bad];
    const execution = workspace().executionOf(baseline.baseline, { 'a.jsonl': lines.join('\n') }, { sensitiveColumns: ['email'] });
    expect(execution.run().status).toBe(0);

    const files = ['statistics.json', 'constraints.json', 'constraint_violations.json', 'metrics.jsonl', 'summary.json', 'rejected.jsonl', 'report.html'];
    const written = [
      ...files.map(file => execution.read(`processing/output/data-quality/${file}`)), execution.read('output/message'),
      ...['statistics.json', 'constraints.json', 'rejected.jsonl'].map(file => baseline.read(`processing/output/${file}`)),
    ].join('\n');
    for (const secret of SECRETS) expect(written).not.toContain(secret);
    expect(execution.report.violations.map(({ explanation }) => explanation)).toEqual([`email: new category ${hashed(SECRETS[2]!)} in 1.6 % of rows`]);
    expect(baseline.baseline.constraints.features[1]!.string_constraints!.domains).toEqual(SECRETS.slice(0, 2).map(hashed));
    expect(execution.report.rejected.map(({ record: kept }) => kept)).toContain(createHash('sha256').update(bad).digest('hex'));
  });
});
