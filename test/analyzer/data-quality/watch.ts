import { Baseline } from '../../../analyzer/data-quality/baseline';
import { findViolations } from '../../../analyzer/data-quality/checks';
import { ComparedFeature } from '../../../analyzer/data-quality/comparison/compared-feature';
import { compareFeatures } from '../../../analyzer/data-quality/comparison/feature';
import { DEFAULT_RULES, judgementOf } from '../../../analyzer/data-quality/judgement';
import { dataQualityMetrics } from '../../../analyzer/data-quality/metric-values';
import { suggestConstraints } from '../../../analyzer/data-quality/suggested-constraints';
import { Table } from '../../../analyzer/data-quality/statistics/table';
import { Row } from '../../../analyzer/input/row';
import { DataQualityAnalysis, DataQualityViolation } from '../../../lib/contract';

const NONE = { excluded: new Set<string>(), sensitive: new Set<string>() };

/** What an execution finds, without its files. */
export interface Watched {
  readonly features: readonly ComparedFeature[];
  readonly violations: readonly DataQualityViolation[];
  readonly metrics: ReadonlyMap<string, number>;
}

/** The baseline that a baseline job makes of rows. */
export function baselineOf(rows: Iterable<Row>): Baseline {
  const table = new Table(NONE);
  for (const row of rows) table.add(row);
  const statistics = table.statistics;
  return { statistics, constraints: suggestConstraints(statistics, { rules: DEFAULT_RULES, overrides: undefined }) };
}

/** The window's table, to be judged in more than one way. */
export function windowOf({ constraints }: Baseline, rows: Iterable<Row>): Table {
  const expected = constraints.features.map(feature =>
    [feature.name, { type: feature.inferred_type, domain: feature.string_constraints?.domains }] as const);
  const table = new Table({ ...NONE, expected: new Map(expected) });
  for (const row of rows) table.add(row);
  return table;
}

/** Judges a window as an execution does. */
export function watch(baseline: Baseline, table: Table, analysis: Partial<DataQualityAnalysis>): Watched {
  const judgement = judgementOf(baseline.constraints, analysis);
  const features = compareFeatures(baseline, table, judgement);
  const violations = findViolations(baseline, table, features, judgement.rules) as DataQualityViolation[];
  const metrics = dataQualityMetrics(features, violations, judgement.rules)
    .flatMap(({ name, value }) => typeof value === 'number' ? [[name, value] as const] : []);
  return { features, violations, metrics: new Map(metrics) };
}
