import { MonitorType, TransformedFile, TransformSource, TypedAnalysis } from '../../lib/contract';
import { labelRecord } from './model-quality/quality-workspace';
import { ANALYSIS, bell, WINDOW, Workspace } from './workspace';

const ROWS = 400;
const HOUR = '2026-01-31T09:00:00.000Z';
const BEGAN = '2026-01-31T09:29:04Z';
const labelled = { probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 30 };
const TYPED: readonly TypedAnalysis[] = [
  { type: 'data-quality', analysis: ANALYSIS },
  {
    type: 'model-quality',
    analysis: { ...labelled, problemType: 'BinaryClassification', inferenceAttribute: 'approved', groundTruthAttribute: 'repaid', tolerance: 0 },
  },
  {
    type: 'model-bias',
    analysis: {
      ...labelled, headers: ['income', 'sex'], label: 'repaid', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }],
      inferenceAttribute: 'approved',
    },
  },
];
const TYPES = TYPED.map(({ type }) => type);

/** What was asked, answered, and right; in the window incomes rose by half, and the model errs on every fourth. */
const loans = bell(ROWS, 60_000, 8_000).map((income, index) => {
  const repaid = index % 4 < 3 ? 1 : 0;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return { income, sex: index % 2 === 0 ? 'f' : 'm', repaid, answer: index % 4 === 0 ? 1 - repaid : repaid, id };
});
const input = loans.map(({ income, sex }) => `${income * 1.5},${sex}`);
const jsonInput = loans.map(({ income, sex }) => JSON.stringify({ income: income * 1.5, sex }));

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
  const dataset = (columns: string, row: (loan: typeof loans[number]) => string): string => [columns, ...loans.map(row)].join('\n');
  for (const typed of TYPED) {
    const workspace = folder()
      .write('processing/input/dataset/train.csv', typed.type === 'data-quality'
        ? dataset('income,sex', ({ income, sex }) => `${income},${sex}`)
        : dataset('income,sex,repaid,approved', ({ income, sex, repaid }) => `${income},${sex},${repaid},${repaid}`))
      .writeJson('processing/input/config/config.json', { ...typed, datasetFormat: { csv: { header: true } } });
    expect(workspace.run()).toMatchObject({ status: 0, stderr: '' });
    baselines.set(typed.type, workspace);
  }
});

interface Execution {
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly types?: readonly MonitorType[];
  readonly transform?: Pick<TransformSource, 'encoding' | 'joinsInput'>;
  readonly transforms?: readonly TransformedFile[];
}

function execute({ files, types = TYPES, transform, transforms }: Execution): Workspace {
  const workspace = folder()
    .write('processing/groundtruth/2026/01/31/09/labels.jsonl', loans.map(({ repaid, id }) => labelRecord(id, String(repaid))).join('\n'))
    .writeJson('processing/input/config/config.json', {
      window: WINDOW,
      schedule: {
        capture: { uri: 's3://bucket/capture', ...transform && { transform: { ...transform, longestHours: 1 } } },
        groundTruth: { uri: 's3://bucket/labels' },
        monitors: TYPED.filter(({ type }) => types.includes(type)).map(typed => ({ ...typed, name: `nightly-${typed.type}` })),
      },
      transforms,
    });
  for (const [file, lines] of Object.entries(files)) workspace.write(`processing/input/dataset/${file}`, `${lines.join('\n')}\n`);
  for (const type of types) {
    for (const [kind, file] of [['constraints', 'constraints.json'], ['constraints', 'analysis.json'], ['statistics', 'statistics.json']] as const) {
      const made = baselines.get(type);
      if (made?.exists(`processing/output/${file}`) === true) workspace.write(`processing/baseline/${type}-${kind}/${file}`, made.read(`processing/output/${file}`));
    }
  }
  expect(workspace.run()).toMatchObject({ status: 0, stderr: '' });
  return workspace;
}

const CSV = { encoding: 'CSV', joinsInput: false } as const;
const FILE: TransformedFile = { hour: HOUR, input: 'night/loans.csv', output: 'night/loans.csv.out' };
const generated = ({ id }: typeof loans[number]): string => `${id},${BEGAN}`;
const OUTPUT = loans.map(loan => `${loan.answer}, ${generated(loan)}`);
const output = (type: MonitorType, file: string): string => `processing/output/${type}/${file}`;
const rejected = (execution: Workspace): unknown[] => execution.lines(output('data-quality', 'rejected.jsonl'));
const records = (execution: Workspace, type: MonitorType = 'data-quality'): unknown => (execution.json(output(type, 'summary.json')) as { records: unknown }).records;

/** The same requests, as an endpoint would have captured them. */
function asCaptured(): Workspace {
  const lines = loans.map(({ answer, id }, index) => JSON.stringify({
    captureData: { endpointInput: { data: input[index], encoding: 'CSV' }, endpointOutput: { data: String(answer), encoding: 'CSV' } },
    eventMetadata: { eventId: id, inferenceTime: HOUR },
  }));
  return execute({ files: { '2026/01/31/09/30-00-000-a.jsonl': lines } });
}

test.each<[string, Execution]>([
  ['CSV', { transform: CSV, files: { 'input/night/loans.csv': input, 'output/night/loans.csv.out': OUTPUT } }],
  ['CSV, below their whole keys', { transform: CSV, files: { 'input/data/in/night/loans.csv': input, 'output/data/out/night/loans.csv.out': OUTPUT } }],
  ['CSV that begins with what was read', {
    transform: { encoding: 'CSV', joinsInput: true },
    files: { 'input/night/loans.csv': input, 'output/night/loans.csv.out': loans.map((loan, index) => `${input[index]!},${loan.answer},${generated(loan)}`) },
  }],
  ['JSON lines', {
    transform: { encoding: 'JSON', joinsInput: false },
    files: {
      'input/night/loans.csv': jsonInput,
      'output/night/loans.csv.out': loans.map(({ answer, id }) => JSON.stringify({ approved: answer, SageMakerInferenceId: id, SageMakerInferenceTime: BEGAN })),
    },
  }],
  ['JSON lines that hold what was read', {
    transform: { encoding: 'JSON', joinsInput: false },
    files: {
      'input/night/loans.csv': jsonInput,
      'output/night/loans.csv.out': loans.map(({ answer, id }, index) => JSON.stringify({
        SageMakerInferenceId: id, SageMakerInferenceTime: BEGAN, SageMakerOutput: { approved: answer }, ...JSON.parse(jsonInput[index]!) as object,
      })),
    },
  }],
])('what a transform job has made of %s is judged as the same requests to an endpoint', (_, execution) => {
  const transformed = execute({ ...execution, transforms: [FILE] });
  const captured = asCaptured();
  for (const type of TYPES) {
    for (const file of ['constraint_violations.json', 'summary.json', 'metrics.jsonl']) {
      expect(transformed.read(output(type, file))).toBe(captured.read(output(type, file)));
    }
    expect(transformed.read(output(type, 'constraint_violations.json'))).toContain('constraint_check_type');
  }
  expect(records(transformed, 'model-bias')).toMatchObject({ captured: ROWS, analysed: ROWS, labelled: ROWS });
});

test('where only what was read is looked at, nothing else is needed', () => {
  const execution = execute({
    types: ['data-quality'], transform: CSV, transforms: [{ hour: HOUR, input: 'loans.csv' }], files: { 'input/loans.csv': input },
  });
  expect(records(execution)).toMatchObject({ captured: ROWS, analysed: ROWS, rejected: 0 });
});

test('where only what was written is looked at, labels are found by the generated ids', () => {
  const execution = execute({
    types: ['model-quality'], transform: CSV, transforms: [{ hour: HOUR, output: 'loans.csv.out' }], files: { 'output/loans.csv.out': OUTPUT },
  });
  expect(records(execution, 'model-quality')).toMatchObject({ analysed: ROWS, labelled: ROWS });
});

test('a job that began in another window is none of this one\'s', () => {
  const earlier = { hour: '2026-01-31T08:00:00.000Z', input: 'early.csv' };
  const execution = execute({
    types: ['data-quality'], transform: CSV, transforms: [earlier, { hour: HOUR, input: 'loans.csv' }], files: { 'input/loans.csv': input, 'input/early.csv': input },
  });
  expect(records(execution)).toMatchObject({ captured: ROWS, outsideWindow: ROWS });
});

test.each<[string, Pick<Execution, 'transform'> & { read: string[]; written: string[] }, string]>([
  ['was written again by a later job', { transform: CSV, read: ['1,f'], written: [`1, ${loans[0]!.id},2026-01-31T11:02:03Z`] },
    'the file was written again by a transform job that began at 2026-01-31T11:02:03Z: have each job write into a folder of its own'],
  ['lacks its answer', { transform: CSV, read: ['1,f', '2,m'], written: ['1'] }, 'the job has written fewer lines than it has read'],
  ['answers nothing', { transform: CSV, read: ['1,f'], written: ['1', '0'] }, 'the job has read fewer lines than it has written'],
  ['does not begin with what was read', { transform: { encoding: 'CSV', joinsInput: true }, read: ['1,f'], written: ['1'] },
    'the line does not begin with what was read, as joinsInput says'],
  ['is no JSON', { transform: { encoding: 'JSON', joinsInput: false }, read: ['{"income":1,"sex":"f"}'], written: ['1,0'] }, 'line is not valid JSON'],
])('a line that %s is kept aside', (_, { transform, read, written }, reason) => {
  const execution = execute({
    types: ['data-quality'], transform, transforms: [FILE], files: { 'input/night/loans.csv': read, 'output/night/loans.csv.out': written },
  });
  expect(rejected(execution)).toMatchObject([{ reason }]);
});

test('a file that the job was not given fails it, in words', () => {
  const workspace = folder().writeJson('processing/input/config/config.json', {
    window: WINDOW,
    schedule: { capture: { uri: 's3://bucket/capture', transform: CSV }, monitors: [{ ...TYPED[0], name: 'nightly' }] },
    transforms: [{ hour: HOUR, input: 'lost.csv' }],
  }).write('processing/input/dataset/input/other.csv', '1,f');
  const made = baselines.get('data-quality')!;
  for (const kind of ['constraints', 'statistics']) workspace.write(`processing/baseline/data-quality-${kind}/${kind}.json`, made.read(`processing/output/${kind}.json`));
  expect(workspace.run()).toMatchObject({ status: 1, message: 'Failed: input/lost.csv, which a transform job has captured, is not among the files of this job' });
});
