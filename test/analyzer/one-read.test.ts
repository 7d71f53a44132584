import path from 'node:path';
import { EXPLANATION_INFERENCE_ID_PREFIX, ModelBiasAnalysis, ModelQualityAnalysis, MonitorType, TypedAnalysis } from '../../lib/contract';
import { labelRecord } from './model-quality/quality-workspace';
import { ANALYSIS, bell, WINDOW, Workspace } from './workspace';

const ROWS = 400;
const HEADERS = ['income', 'sex'];
const labelled = { probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 30 };
const QUALITY: ModelQualityAnalysis = {
  ...labelled, problemType: 'BinaryClassification', inferenceAttribute: 'approved', groundTruthAttribute: 'repaid', tolerance: 0,
};
const BIAS: ModelBiasAnalysis = {
  ...labelled, headers: HEADERS, label: 'repaid', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }], inferenceAttribute: 'approved',
};

/** What was asked, answered, and right: the model errs on every tenth, and refuses every third woman. */
const loans = bell(ROWS, 60_000, 8_000).map((income, index) => {
  const sex = index % 2 === 0 ? 'f' : 'm';
  const repaid = index % 4 < 3 ? 1 : 0;
  return { income, sex, repaid, approved: (index % 10 === 0 ? 1 - repaid : repaid) * (sex === 'f' && index % 3 === 0 ? 0 : 1) };
});

const TYPED: readonly TypedAnalysis[] = [
  { type: 'data-quality', analysis: ANALYSIS }, { type: 'model-quality', analysis: QUALITY }, { type: 'model-bias', analysis: BIAS },
];
const TYPES = TYPED.map(({ type }) => type);

/** The window: incomes rose by half, and the model errs on every fourth too. */
const lines = loans.map(({ income, sex, repaid, approved }, index) => captured(
  `${income * 1.5},${sex}`, String(index % 4 === 0 ? 1 - repaid : approved), { eventId: `id-${index}`, inferenceTime: '2026-01-31T09:30:00Z' }));
const ours = captured('1e9,f', '0', { eventId: 'x', inferenceId: `${EXPLANATION_INFERENCE_ID_PREFIX}1`, inferenceTime: '2026-01-31T09:31:00Z' });

function captured(input: string, output: string, eventMetadata: object): string {
  const payload = (data: string): object => ({ data, encoding: 'CSV' });
  return JSON.stringify({ captureData: { endpointInput: payload(input), endpointOutput: payload(output) }, eventMetadata });
}

const folders: Workspace[] = [];
function folder(): Workspace {
  const workspace = new Workspace();
  folders.push(workspace);
  return workspace;
}
afterAll(() => {
  for (const workspace of folders) workspace.remove();
});

const baselines = new Map<MonitorType, Workspace>();

beforeAll(() => {
  const features = ['income,sex', ...loans.map(({ income, sex }) => `${income},${sex}`)].join('\n');
  const labels = ['income,sex,repaid,approved', ...loans.map(({ income, sex, repaid, approved }) => `${income},${sex},${repaid},${approved}`)].join('\n');
  for (const typed of TYPED) {
    const workspace = folder()
      .write('processing/input/dataset/train.csv', typed.type === 'data-quality' ? features : labels)
      .writeJson('processing/input/config/config.json', { ...typed, datasetFormat: { csv: { header: true } } });
    expect(workspace.run().status).toBe(0);
    baselines.set(typed.type, workspace);
  }
});

/** One execution of several monitors; `opened` are the files of data that it opened, in order. */
function execute(types: readonly MonitorType[], all = TYPED): { readonly outputs: Workspace; readonly opened: readonly string[] } {
  const outputs = folder()
    .write('processing/input/dataset/2026/01/31/09/30-00-000-a.jsonl', [...lines.slice(0, 200), ours, 'no JSON'].join('\n'))
    .write('processing/input/dataset/2026/01/31/09/31-00-000-b.jsonl', lines.slice(200).join('\n'))
    .write('processing/groundtruth/2026/01/31/09/labels.jsonl', loans.map(({ repaid }, index) => labelRecord(`id-${index}`, String(repaid))).join('\n'))
    .write('watch.cjs', `const fs = require('node:fs');
      for (const open of ['open', 'openSync', 'readFileSync']) {
        const original = fs[open];
        fs[open] = (file, ...rest) => {
          if (/\\.jsonl$/.test(String(file)) && !/rejected|metrics/.test(file)) fs.appendFileSync(process.env.OPENED, file + '\\n');
          return original(file, ...rest);
        };
      }`)
    .writeJson('processing/input/config/config.json', {
      window: WINDOW,
      schedule: {
        capture: { endpointName: 'loans', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
        groundTruth: { uri: 's3://bucket/labels' },
        monitors: all.filter(({ type }) => types.includes(type)).map(typed => ({ ...typed, name: `hourly-${typed.type}` })),
      },
    });
  for (const type of types) {
    for (const [kind, file] of [['constraints', 'constraints.json'], ['constraints', 'analysis.json'], ['statistics', 'statistics.json']] as const) {
      const made = baselines.get(type);
      if (made?.exists(`processing/output/${file}`) === true) outputs.write(`processing/baseline/${type}-${kind}/${file}`, made.read(`processing/output/${file}`));
    }
  }
  const ended = outputs.run({ NODE_OPTIONS: `--require ${path.join(outputs.root, 'watch.cjs')}`, OPENED: path.join(outputs.root, 'opened') });
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  const opened = outputs.read('opened').split('\n').filter(file => file !== '').map(file => path.relative(path.join(outputs.root, 'processing'), file));
  return { outputs, opened };
}

const FILES = ['constraint_violations.json', 'metrics.jsonl', 'summary.json', 'rejected.jsonl'];
const output = (type: MonitorType, file: string): string => `processing/output/${type}/${file}`;

test('three monitors read each capture file and each label file once, and find what each finds alone', () => {
  const together = execute(TYPES);
  expect([...together.opened].sort()).toEqual([
    'groundtruth/2026/01/31/09/labels.jsonl',
    'input/dataset/2026/01/31/09/30-00-000-a.jsonl', 'input/dataset/2026/01/31/09/31-00-000-b.jsonl',
  ]);
  const checks: Record<string, string> = { 'data-quality': 'baseline_drift_check', 'model-quality': 'LessThanThreshold', 'model-bias': 'bias_drift_check' };
  for (const type of TYPES) {
    expect(together.outputs.read(output(type, 'constraint_violations.json'))).toContain(checks[type]);
    const alone = execute([type]);
    for (const file of FILES) expect(together.outputs.read(output(type, file))).toBe(alone.outputs.read(output(type, file)));
  }
});

test('labels that one monitor waits longer for are unmatched to it, though another asked for them', () => {
  const waiting: readonly TypedAnalysis[] = [{ type: 'model-quality', analysis: QUALITY }, { type: 'model-bias', analysis: { ...BIAS, labelDelayHours: 1 } }];
  const { outputs } = execute(['model-quality', 'model-bias'], waiting);

  expect(outputs.json(output('model-quality', 'summary.json'))).toMatchObject({ records: { labelled: ROWS, unmatchedLabels: 0 } });
  expect(outputs.json(output('model-bias', 'summary.json'))).toMatchObject({ records: { labelled: 0, unmatchedLabels: ROWS } });
});

test('requests that the analyzer sent are in no monitor, and a line that nobody can read is in each', () => {
  const { outputs } = execute(TYPES);
  for (const type of TYPES) {
    expect(outputs.json(output(type, 'summary.json'))).toMatchObject({ records: { captured: ROWS, analysed: ROWS, rejected: 1, outsideWindow: 0 } });
    expect(outputs.lines(output(type, 'rejected.jsonl'))).toMatchObject([{ line: 202, reason: 'line is not valid JSON' }]);
  }
});

test('one report tells of all three, and lies beside each one\'s files', () => {
  const { outputs } = execute(TYPES);
  const page = outputs.read(output('data-quality', 'report.html'));
  expect([...page.matchAll(/<article id="([^"]+)"/g)].map(([, type]) => type)).toEqual(TYPES);
  for (const type of TYPES) expect(outputs.read(output(type, 'report.html'))).toBe(page);
});
