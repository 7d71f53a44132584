import path from 'node:path';
import { CommandLine } from './command-line';

const ROWS = Array.from({ length: 400 }, (_, index) => `${index % 97},${index % 2 === 0 ? 'card' : 'cash'},${index % 3 === 0 ? 1 : 0},${index % 4 === 0 ? 1 : 0}`);
const QUALITY = ['--problem-type', 'BinaryClassification', '--label', 'churn', '--prediction', 'predicted'];

describe('progress of long work', () => {
  const commandLine = new CommandLine();
  const onTerminal = (columns = 100): CommandLine => commandLine.with({
    NODE_OPTIONS: `--require ${path.join(__dirname, 'terminal.js')}`, TERM: 'xterm', TERMINAL_COLUMNS: String(columns),
  });
  /** What each phase was first shown as: how far it gets while it is looked at is up to the machine. */
  const phases = (stderr: string): string[] => {
    const texts = [...stderr.matchAll(/[\u2800-\u28ff] ([^\n\u2800-\u28ff\u001b]+?)(?: \(\d+ s\))?(?=[\n\u2800-\u28ff\u001b]|$)/g)].map(([, text = '']) => text);
    const nameOf = (text = ''): string => text.split(':')[0]!;
    return texts.filter((text, index) => nameOf(text) !== nameOf(texts[index - 1]));
  };

  beforeAll(() => {
    commandLine.write('scored.csv', ['age,payment,churn,predicted', ...ROWS]);
    expect(commandLine.run('baseline', 'model-quality', '--dataset', 'scored.csv', '--header', ...QUALITY, '--output', 'quality')).toMatchObject({ status: 0, stderr: '' });
  });
  afterAll(() => { commandLine.remove(); });

  test('a terminal shows what is done, and how much of it', () => {
    const { stderr, stdout } = onTerminal().run('analyze', 'model-quality', '--dataset', 'scored.csv', '--header', ...QUALITY, '--baseline', 'quality', '--output', 'report');

    expect(phases(stderr)).toEqual(['starting', 'reading scored.csv: 0 % of 1 MB', 'judging', 'resampling', 'drawing the report']);
    expect(stdout).toContain('rows        400 analysed');
  });

  test('--json stays alone on stdout', () => {
    const { stderr, stdout } = onTerminal()
      .run('analyze', 'model-quality', '--dataset', 'scored.csv', '--header', ...QUALITY, '--baseline', 'quality', '--output', 'report', '--json');

    expect(phases(stderr)).toContain('judging');
    expect(JSON.parse(stdout)).toMatchObject({ violations: [] });
  });

  test.each([
    ['what is no terminal', commandLine],
    ['a terminal of no width', onTerminal(0)],
  ])('%s is shown nothing', (_, onIt) => {
    expect(onIt.run('baseline', 'data-quality', '--dataset', 'scored.csv', '--header', '--output', 'baseline')).toMatchObject({ status: 0, stderr: '' });
  });
});
