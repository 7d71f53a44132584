import { Constraints, Statistics } from '../../../lib/contract';
import { objects, ROWS, shopFiles } from './shop-files';

const line = shopFiles();
const run = line.run.bind(line);

describe('model-monitor baseline data-quality', () => {
  test.each([
    ['packed CSV', 'train.csv.gz', ['--header']],
    ['JSON lines', 'train.jsonl', []],
    ['packed JSON lines', 'train.jsonl.gz', []],
    ['Parquet', 'train.parquet', []],
  ])('reads %s as it reads CSV', (_, file, options) => {
    expect(run('baseline', 'data-quality', '--dataset', file, ...options, '--output', `base-of-${file}`)).toMatchObject({ status: 0, stderr: '' });

    expect(line.json(`base-of-${file}/constraints.json`)).toEqual(line.json('base/constraints.json'));
  });

  test('reads captured requests, and says how CSV without header is named', () => {
    expect(run('baseline', 'data-quality', '--capture', 'capture', '--output', 'base-of-capture').status).toBe(0);
    const bare = run('baseline', 'data-quality', '--dataset', 'bare.csv', '--output', 'base-of-bare');

    expect(bare).toMatchObject({ status: 0, stderr: 'note: without --header the columns are named _c0, _c1 … by their position\n' });
    expect((line.json('base-of-capture/statistics.json') as Statistics).dataset.item_count).toBe(2 * ROWS);
    expect((line.json('base-of-bare/constraints.json') as Constraints).features.map(({ name }) => name)).toEqual(['_c0', '_c1']);
  });

  test('with --json says what it wrote, and nothing else', () => {
    line.write('one-bad.jsonl', [...objects, '{"price":']);

    const { status, stdout, stderr } = run('baseline', 'data-quality', '--dataset', 'one-bad.jsonl', '--output', 'base-of-bad', '--json');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ output: 'base-of-bad', files: ['statistics.json', 'constraints.json'], rejected: 1 });
  });

  test('tells what was rejected, and where it is', () => {
    const { status, stderr } = run('baseline', 'data-quality', '--dataset', 'one-bad.jsonl', '--output', 'base-of-bad');

    expect(status).toBe(0);
    expect(stderr).toBe(`note: 1 rejected, the first in one-bad.jsonl, line ${ROWS + 1}: line is not valid JSON; all are in base-of-bad/rejected.jsonl\n`);
  });

  test('leaves columns out, hashes values, and compares as it is told', () => {
    const options = ['--exclude', 'price', '--sensitive', 'shop', '--compatible', '--threshold', '0.3'];
    expect(run('baseline', 'data-quality', '--dataset', 'train.csv', '--header', ...options, '--output', 'base-strict').status).toBe(0);

    const { features, monitoring_config: rules } = line.json('base-strict/constraints.json') as Constraints;
    expect(features.map(({ name }) => name)).toEqual(['shop']);
    expect(line.read('base-strict/statistics.json')).not.toContain('Paris');
    expect(rules.distribution_constraints).toMatchObject({ comparison_method: 'Compatible', comparison_threshold: 0.3 });
  });
});

describe('model-monitor baseline show', () => {
  test('prints the numbers, then the types', () => {
    const { status, stdout } = run('baseline', 'show', 'base');

    expect(status).toBe(0);
    expect(stdout).toMatch(/baseline, 400 rows\n[\s\S]*│ name +│ mean +│ sd +│ min +│ max +│\n│ price /);
    expect(stdout).toMatch(/│ name +│ type +│ completeness │\n│ price +│ Fractional │ 1 [\s\S]*│ shop +│ String/);
  });

  test('with --json gives both files', () => {
    const [statistics, constraints] = [line.json('base/statistics.json'), line.json('base/constraints.json')];

    expect(JSON.parse(run('baseline', 'show', 'base', '--json').stdout)).toEqual({ statistics, constraints });
  });
});
