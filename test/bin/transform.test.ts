import { ExecutionSummary } from '../../lib/contract';
import { Answer, CommandLine } from './command-line';

const ROWS = 300;
const loans = Array.from({ length: ROWS }, (_, index) => ({
  income: 50_000 + index % 97 * 100, sex: index % 2 === 0 ? 'f' : 'm', repaid: index % 4 < 3 ? 1 : 0, answer: index % 5 < 3 ? 1 : 0,
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
}));
const read = loans.map(({ income, sex }) => `${income},${sex}`);
const BEGAN = '2026-01-31T09:29:04Z';
const written = loans.map(({ answer, id }) => `${answer},${id},${BEGAN}`);
const QUALITY = ['--problem-type', 'BinaryClassification'];

describe('files of batch transform jobs', () => {
  const line = new CommandLine();
  const run = line.run.bind(line);
  const analyze = (...words: readonly string[]): Answer => run('analyze', ...words, '--output', 'report', '--json');
  const records = ({ stdout, stderr }: Answer): ExecutionSummary['records'] | string => stderr === '' ? (JSON.parse(stdout) as ExecutionSummary).records : stderr;

  beforeAll(() => {
    const half = ROWS / 2;
    line
      .write('train.csv', ['income,sex,repaid,answer', ...loans.map(({ income, sex, repaid, answer }) => `${income},${sex},${repaid},${answer}`)])
      .write('in/a/first.csv', read.slice(0, half)).write('in/second.csv', read.slice(half))
      .write('out/a/first.csv.out', written.slice(0, half)).write('out/second.csv.out', written.slice(half)).write('out/_SUCCESS', '')
      .write('joined.out', read.map((text, index) => `${text},${written[index]!}`)).write('all.csv', read)
      .write('in.jsonl', loans.map(({ income, sex }) => JSON.stringify({ income, sex })))
      .write('in.jsonl.out', loans.map(({ answer, id }) => JSON.stringify({ answer, SageMakerInferenceId: id, SageMakerInferenceTime: BEGAN })))
      .write('labels/l.jsonl', loans.map(({ repaid, id }) => JSON.stringify({ groundTruthData: { data: String(repaid), encoding: 'CSV' }, eventMetadata: { eventId: id } })))
      .write('part/second.csv.out', written).write('more/second.csv.out', written).write('more/third.csv.out', written);
    const train = ['--dataset', 'train.csv', '--header'];
    const bias = ['--label', 'repaid', '--positive-label', '1', '--facet', 'sex=f', '--prediction', 'answer'];
    expect(run('baseline', 'data-quality', ...train, '--exclude', 'repaid', 'answer', '--output', 'data')).toMatchObject({ status: 0 });
    expect(run('baseline', 'model-quality', ...train, ...QUALITY, '--label', 'repaid', '--prediction', 'answer', '--output', 'quality')).toMatchObject({ status: 0 });
    expect(run('baseline', 'model-bias', ...train, ...bias, '--output', 'bias')).toMatchObject({ status: 0 });
  });
  afterAll(() => { line.remove(); });

  test.each([
    ['folders', ['--transform-input', 'in', '--transform-output', 'out']],
    ['one file and the other', ['--transform-input', 'all.csv', '--transform-output', 'joined.out', '--joins-input']],
  ])('%s are requests and their answers, with labels by the ids in the output', (_, files) => {
    const labelled = [...files, '--ground-truth', 'labels'];
    const all = { captured: ROWS, analysed: ROWS, rejected: 0, outsideWindow: 0 };

    expect(records(analyze('data-quality', ...files, '--baseline', 'data'))).toEqual(all);
    expect(records(analyze('model-quality', ...labelled, ...QUALITY, '--prediction', '0', '--baseline', 'quality'))).toMatchObject({ ...all, labelled: ROWS });
    expect(records(analyze('model-bias', ...labelled, '--label', 'repaid', '--positive-label', '1', '--facet', 'sex=f', '--prediction', '0', '--baseline', 'bias')))
      .toMatchObject({ ...all, labelled: ROWS });
  });

  test('JSON lines are told by --transform-format, and one side is enough where the other is not looked at', () => {
    const json = ['--transform-format', 'JSON'];

    expect(records(analyze('data-quality', '--transform-input', 'in.jsonl', ...json, '--baseline', 'data'))).toMatchObject({ analysed: ROWS, rejected: 0 });
    expect(records(analyze('model-quality', '--transform-output', 'in.jsonl.out', ...json, '--ground-truth', 'labels', ...QUALITY, '--prediction', 'answer', '--baseline', 'quality')))
      .toMatchObject({ analysed: ROWS, labelled: ROWS, rejected: 0 });
  });

  test('a baseline can be made of them', () => {
    expect(run('baseline', 'data-quality', '--transform-input', 'in', '--output', 'own')).toMatchObject({ status: 0, stderr: '' });
    expect(line.json('own/statistics.json')).toMatchObject({ dataset: { item_count: ROWS } });
  });

  test.each([
    ['the wrong side', ['data-quality', '--transform-output', 'out', '--baseline', 'data'], 'this monitor looks at what the transform jobs read: give --transform-input'],
    ['the other side missing', ['model-quality', '--transform-input', 'in', '--ground-truth', 'labels', ...QUALITY, '--baseline', 'quality'],
      'this monitor looks at what the transform jobs wrote: give --transform-output'],
    ['no labels', ['model-quality', '--transform-output', 'out', ...QUALITY, '--baseline', 'quality'], 'transformed requests hold no labels: give --ground-truth FOLDER'],
    ['a folder that is not there', ['data-quality', '--transform-input', 'none', '--baseline', 'data'], 'none does not exist'],
    ['what was written for nothing', ['data-quality', '--transform-input', 'in', '--transform-output', 'more', '--baseline', 'data'],
      'more/third.csv.out was written, but in holds no third.csv that was read'],
    ['a file that was not read', ['data-quality', '--transform-input', 'in', '--transform-output', 'joined.out', '--baseline', 'data'],
      'joined.out was written, but in holds no joined that was read'],
    ['a file for which nothing was written', ['data-quality', '--transform-input', 'in', '--transform-output', 'part', '--baseline', 'data'],
      'in/a/first.csv was read, but part holds no a/first.csv.out that was written for it'],
    ['another dataset', ['data-quality', '--transform-input', 'in', '--dataset', 'train.csv', '--baseline', 'data'],
      'option \'--dataset <file>\' cannot be used with option \'--transform-input <folder>\''],
    ['a format of a dataset', ['data-quality', '--dataset', 'train.csv', '--transform-format', 'CSV', '--baseline', 'data'],
      '--transform-format goes with --transform-input and --transform-output'],
    ['joined JSON lines', ['data-quality', '--transform-input', 'in', '--transform-format', 'JSON', '--joins-input', '--baseline', 'data'],
      '--joins-input is told of CSV alone: in JSON lines what is joined has a name, so leave it out'],
    ['a window', ['data-quality', '--transform-input', 'in', '--start', BEGAN, '--end', '2026-01-31T10:00:00Z', '--baseline', 'data'],
      '--start and --end go with --capture: the lines of transform jobs have no time'],
  ])('refuses %s', (_, words, message) => {
    const { status, stdout, stderr } = analyze(...words);

    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: `error: ${message}\n` });
  });
});
