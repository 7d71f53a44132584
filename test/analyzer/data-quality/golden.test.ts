import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Constraints, ConstraintViolations, DataQualityAnalysis, FeatureStatistics, Statistics, Violation, violationSubject } from '../../../lib/contract';
import { GOLDEN, record, Workspace } from '../workspace';

const present = existsSync(GOLDEN);
if (!present) console.warn(`skipped: the service's own files are not at ${GOLDEN}`);
const golden = (file: string): Buffer => readFileSync(path.join(GOLDEN, file));
const goldenJson = (file: string): unknown => JSON.parse(golden(file).toString());

const workspace = new Workspace();
afterAll(() => {
  workspace.remove();
});

(present ? describe : describe.skip)('beside what the service wrote', () => {
  test('the twelve features of cardio come out bit for bit', () => {
    expect(workspace.baselineOf(golden('cardio/input.csv.gz'), {}, {}, 'train.csv.gz').run()).toMatchObject({ status: 0 });
    const ours = new Map(workspace.baseline.statistics.features.map(feature => [feature.name, feature]));
    const theirs = (goldenJson('cardio/statistics.json') as Statistics).features.filter(({ name }) => ours.has(name));
    const exact = ({ inferred_type, numerical_statistics }: FeatureStatistics): unknown =>
      ({ inferred_type, ...numerical_statistics, approximate_num_distinct_values: 'an estimate on both sides' });
    expect(theirs).toHaveLength(12);
    for (const feature of theirs) expect(exact(ours.get(feature.name)!)).toEqual(exact(feature));
  });

  test('the constraints suggested for cardio are the service\'s', () => {
    const theirs = new Map((goldenJson('cardio/constraints.json') as Constraints).features.map(feature => [feature.name, feature]));
    for (const feature of workspace.baseline.constraints.features.filter(({ name }) => theirs.has(name))) {
      expect(feature).toEqual(theirs.get(feature.name));
    }
  });

  describe('over the window of 18', () => {
    const both = { captureIndexNames: ['endpointInput', 'endpointOutput'] as const, minimumRows: 0 };
    const execution = (analysis: Partial<DataQualityAnalysis>): Workspace => new Workspace().executionOf(
      { constraints: goldenJson('window-of-18/constraints-used.json'), statistics: goldenJson('window-of-18/baseline.statistics.json') },
      { 'a.jsonl': capturedFrom(goldenJson('window-of-18/window.statistics.json') as Statistics) },
      { ...both, ...analysis });

    test('the compatible comparison finds the service\'s violations, text for text', () => {
      const run = execution({ comparisonMethod: 'Compatible' });
      expect(run.run().message).toBe('CompletedWithViolations: Job completed successfully with 2 violations.');
      const byName = <T extends Violation>(a: T, b: T): number => violationSubject(a) < violationSubject(b) ? -1 : 1;
      const ours = run.report.violations.map((violation): Partial<Violation> => ({ ...violation, explanation: undefined })) as Violation[];
      const theirs = goldenJson('window-of-18/constraint_violations.json') as ConstraintViolations;
      expect(ours.sort(byName)).toEqual([...theirs.violations].sort(byName));
      run.remove();
    });

    test('the window\'s sketches and buckets are the service\'s', () => {
      const run = execution({ comparisonMethod: 'Compatible' });
      run.run();
      const distributions = ({ features }: Statistics): unknown =>
        features.map(({ name, numerical_statistics: numbers }) => [name, numbers!.distribution]);
      expect(distributions(run.report.statistics)).toEqual(distributions(goldenJson('window-of-18/window.statistics.json') as Statistics));
      run.remove();
    });

    test('the robust comparison sees the drift that the service overlooks', () => {
      const run = execution({ comparisonMethod: 'Robust' });
      run.run();
      expect(run.report.summary.drift.find(({ feature }) => feature === 'a')?.distance).toBeCloseTo(0.3818, 4);
      run.remove();
    });
  });
});

/** The records behind the window's statistics: of few rows, the sketch keeps each value in its place. */
function capturedFrom({ features }: Statistics): string {
  const columns = features.map(({ name, numerical_statistics: numbers }) =>
    numbers!.distribution.kll.sketch.data[0]!.map(value => Number.isInteger(value) && !['c', 'd'].includes(name) ? value.toFixed(1) : String(value)));
  return columns[0]!.map((label, row) => record(columns.slice(1).map(column => column[row]).join(','), { output: label })).join('\n');
}
