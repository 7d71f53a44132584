import { FlipTest } from '../flip-test';
import { GroupCounts } from '../group-counts';
import { Uncomputable } from './uncomputable';

/** The name and description under which a metric is reported. */
export interface MetricName {
  readonly name: string;
  readonly description: string;
}

/** A metric that counts decide. */
export interface CountedMetric extends MetricName {
  of(counts: GroupCounts): number;
  /** How far it scatters by chance, where the slopes of the whole table do not tell. */
  standardErrorOf?(counts: GroupCounts): number;
  /** Of a ratio: by how many standard errors it is above another one, which is itself known to so much. */
  errorsFrom?(counts: GroupCounts, ratio: number, ratioError: number): number;
}

/** A metric that looks at single rows. */
interface RowMetric extends MetricName {
  ofRows(rows: FlipTest): number;
}

/** A bias metric: what it is called, and how it is computed. */
export type MetricDefinition = CountedMetric | RowMetric;

/** A metric that compares a group with the rest, and so needs rows of both. */
export function comparing(name: string, title: string, of: (counts: GroupCounts) => number): CountedMetric {
  return {
    ...named(name, title),
    of: (counts) => {
      if (counts.group.rows === 0) throw new Uncomputable('No row belongs to the group');
      if (counts.rest.rows === 0) throw new Uncomputable('Every row belongs to the group: there is nobody to compare it with');
      return of(counts);
    },
  };
}

/** `Disparate Impact (DI)`. */
export function named(name: string, title: string): MetricName {
  return { name, description: `${title} (${name})` };
}
