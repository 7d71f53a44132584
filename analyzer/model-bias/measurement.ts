import { BiasTable } from './bias-table';
import { FacetTally } from './facet-tally';
import { FlipTest } from './flip-test';
import { GroupCounts } from './group-counts';
import { MetricDefinition } from './metrics/definition';
import { Uncomputable } from './metrics/uncomputable';
import { POST_TRAINING_METRICS } from './metrics/post-training';
import { PRE_TRAINING_METRICS } from './metrics/pre-training';
import { standardErrorOf } from './standard-error';

/** A metric of one group: its value, or why it has none. */
export interface Measurement {
  readonly name: string;
  readonly description: string;
  readonly value: number | undefined;
  readonly error?: string;
  /** How far the value scatters by chance; absent where that is unknown or not asked. */
  readonly standardError?: number;
  /** Of a ratio: by how many standard errors it is above another one, which is itself known to so much. */
  readonly errorsFrom?: (ratio: number, ratioError?: number) => number;
}

/** All metrics of one group of a facet. */
export interface MeasuredGroup {
  readonly facet: string;
  /** The group, as reports name it. */
  readonly value: string;
  /** How many rows belong to it. */
  readonly rows: number;
  /** Of how many rows. */
  readonly ofRows: number;
  readonly preTraining: readonly Measurement[];
  /** Absent where there are no predictions. */
  readonly postTraining?: readonly Measurement[];
}

/** What is asked of a table besides the metrics of its labels. */
export interface MeasurementOptions {
  readonly predictions: boolean;
  readonly standardErrors: boolean;
}

/** Measures every group of every facet. */
export function measureGroups(table: BiasTable, options: MeasurementOptions): MeasuredGroup[] {
  return table.facets.flatMap(facet => facet.groups.texts.map((value, index) => measureGroup(table, facet, value, index + 1, options)));
}

function measureGroup(table: BiasTable, facet: FacetTally, value: string, member: number, options: MeasurementOptions): MeasuredGroup {
  const counts = table.countsOf(facet, member);
  const flips = (): FlipTest => table.flipTestOf(facet, member);
  const all = (metrics: readonly MetricDefinition[]): Measurement[] => metrics.map(metric => measure(metric, counts, flips, options.standardErrors));
  return {
    facet: facet.name,
    value,
    rows: counts.group.rows,
    ofRows: table.rows,
    preTraining: all(PRE_TRAINING_METRICS),
    ...(options.predictions && { postTraining: all(POST_TRAINING_METRICS) }),
  };
}

function measure(metric: MetricDefinition, counts: GroupCounts, flips: () => FlipTest, standardErrors: boolean): Measurement {
  const { name, description } = metric;
  try {
    if ('ofRows' in metric) {
      const rows = flips();
      return { name, description, value: metric.ofRows(rows), ...(standardErrors && { standardError: rows.standardError }) };
    }
    const standardError = standardErrors ? standardErrorOf(metric, counts) : undefined;
    return {
      name, description, value: metric.of(counts),
      ...(standardError !== undefined && { standardError }),
      ...(metric.errorsFrom && { errorsFrom: (ratio, ratioError = 0) => metric.errorsFrom?.(counts, ratio, ratioError) ?? 0 }),
    };
  } catch (error) {
    if (!(error instanceof Uncomputable)) throw error;
    return { name, description, value: undefined, error: error.message };
  }
}
