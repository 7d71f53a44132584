import { ExecutionSummary, violationSubject } from '../../../lib/contract';
import { shopFiles } from './shop-files';

const line = shopFiles();
const run = line.run.bind(line);

describe('model-monitor analyze data-quality', () => {
  test('ends with 0 where nothing is violated', () => {
    const { status, stdout, stderr } = run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'calm');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('rows        400 analysed\nviolations  0\nreport      calm/report.html\n');
    expect(run('violations', 'calm')).toEqual({ status: 0, stdout: 'no violation\n', stderr: '' });
  });

  test('ends with 2 and the violations where there are any; violations shows them again', () => {
    const { status, stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'drifted');

    expect(status).toBe(2);
    expect(stdout).toMatch(/feature_name │ constraint_check_type │ description .* │ explanation .*\n/);
    expect(stdout).toMatch(/│ price +│ baseline_drift_check +│ Baseline drift distance: .* exceeds threshold: 0.1 │ price: mean 20 → 26/);
    const again = run('violations', 'drifted');
    expect(again.status).toBe(2);
    expect(stdout.startsWith(again.stdout)).toBe(true);
  });

  test('with --json gives the summary, and violations the file', () => {
    const analysed = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'drifted', '--json');

    expect(analysed).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(analysed.stdout)).toEqual({ ...line.json('drifted/summary.json') as ExecutionSummary, output: 'drifted' });
    const { status, stdout } = run('violations', 'drifted', '--json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual(line.json('drifted/constraint_violations.json'));
  });

  test('analyses captured requests of a window, or all there are', () => {
    const analyse = (...window: string[]): { status: number | null; records: object } => {
      const { status, stdout } = run('analyze', 'data-quality', '--capture', 'capture', ...window, '--baseline', 'base', '--output', 'window', '--json');
      return { status, records: (JSON.parse(stdout) as { records: object }).records };
    };

    expect(analyse('--start', '2026-01-31T09:00:00Z', '--end', '2026-01-31T11:00:00+01:00')).toEqual({ status: 0, records: { captured: 400, analysed: 400, rejected: 0, outsideWindow: 400 } });
    expect(analyse('--start', '2026-01-31T10:00:00Z', '--end', '2026-01-31T11:00:00Z')).toMatchObject({ status: 2 });
    expect(analyse()).toMatchObject({ status: 2, records: { captured: 800, outsideWindow: 0 } });
  });

  test('threads share the columns of what is large, and change nothing', () => {
    const threaded = line.with({ ANALYZER_THREADS: '2' });

    expect(threaded.run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', '--output', 'base-of-threads')).toMatchObject({ status: 0, stderr: '' });
    expect(line.read('base-of-threads/statistics.json')).toBe(line.read('base/statistics.json'));
  });

  test('of a column that has not drifted nothing is made up', () => {
    expect(run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'calm').status).toBe(0);

    expect((line.json('calm/summary.json') as ExecutionSummary).drift).toEqual(['price', 'shop'].map(feature => ({ feature, distance: 0, explanation: `${feature}: as before` })));
  });

  test('--compatible and --threshold go before what the baseline says', () => {
    const drifted = (...options: string[]): ExecutionSummary['violations'] => {
      const { stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'other', '--json', ...options);
      return (JSON.parse(stdout) as ExecutionSummary).violations;
    };

    expect(drifted()).not.toEqual([]);
    expect(drifted('--threshold', '0.99')).toEqual([]);
  });

  test('--config says what differs for single columns; the other options go before it', () => {
    const judged = (...options: string[]): [string, string][] => {
      const { stdout } = run('analyze', 'data-quality', '--dataset', 'shifted.csv', '--header', '--baseline', 'base', '--output', 'other', '--json', ...options);
      return (JSON.parse(stdout) as ExecutionSummary).violations.map(violation => [violationSubject(violation), violation.constraint_check_type]);
    };
    const config = { comparisonThreshold: 0.99, featureOverrides: { price: { comparisonThreshold: 0.05 } } };
    line.write('config.json', JSON.stringify(config)).write('excluding.json', JSON.stringify({ ...config, excludedColumns: ['price'], featureOverrides: {} }));

    expect(judged('--config', 'config.json')).toEqual([['price', 'baseline_drift_check']]);
    expect(judged('--config', 'excluding.json')).toEqual([]);
    expect(judged('--config', 'excluding.json', '--exclude', 'shop', '--threshold', '0.05')).toEqual([['price', 'baseline_drift_check']]);
  });

  test('a population stability index may exceed 1, and so may its threshold', () => {
    const { status, stderr } = run('analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base', '--output', 'other',
      '--comparison', 'PopulationStabilityIndex', '--threshold', '1.5');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('an excluded column that is nowhere', () => {
  const excluding = (...words: string[]): unknown => {
    const { status, stderr } = run(...words, '--exclude', 'pric', 'shop', '--output', 'excluding');
    return { status, stderr };
  };
  const note = 'note: "pric" shall be left out, but there is no such column; there are price, shop\n';

  test.each([
    ['a baseline of CSV', ['baseline', 'data-quality', '--dataset', 'train.csv', '--header']],
    ['a baseline of Parquet', ['baseline', 'data-quality', '--dataset', 'train.parquet']],
    ['an analysis', ['analyze', 'data-quality', '--dataset', 'train.csv', '--header', '--baseline', 'base']],
  ])('is noted, and hinders nothing: %s', (_, words) => {
    expect(excluding(...words)).toEqual({ status: 0, stderr: note });
    expect(excluding(...words, '--json')).toEqual({ status: 0, stderr: note });
  });

  test('is no oversight in captured requests, which lack the label', () => {
    expect(excluding('analyze', 'data-quality', '--capture', 'capture/2026/01/31/09', '--baseline', 'base')).toEqual({ status: 0, stderr: '' });
  });
});
