import { Predictions } from './predictions';

/**
 * How a window's bias is compared with the baseline's. `Robust`: farther from fair beyond what chance explains, where a ratio is fair at 1, and
 * bounds hold beyond chance as well. `Compatible`: the service's own rule, any value farther from 0, among rows of any number.
 */
export const BIAS_METHODS = ['Robust', 'Compatible'] as const;

/** A way to compare bias. */
export type BiasMethod = (typeof BIAS_METHODS)[number];

/** A sensitive group: the rows whose column has one of these values, or lies above this threshold. */
export interface BiasFacet {
  /** The column's name; in data without header, its index from 0. */
  readonly nameOrIndex: string | number;
  /** Values of the group, or one number that a continuous column must exceed; absent: each value is a group of its own. */
  readonly valueOrThreshold?: readonly (string | number)[];
  /** The one number is a threshold whatever the column holds; absent: as the service decides, by how many different values there are. */
  readonly isThreshold?: true;
}

const INTERVAL = /^\((.+), .+\]$/;

/**
 * The threshold of a group that a report calls by an interval such as `(100.0, 2279.0]`: where it begins. Where it ends is the data's business.
 * `undefined` where a text is no interval.
 */
export function thresholdOf(group: string): number | undefined {
  const lower = Number(INTERVAL.exec(group)?.[1] ?? NaN);
  return Number.isNaN(lower) ? undefined : lower;
}

/** The range that a metric must stay in whatever the baseline says. */
export interface BiasConstraint {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What the model-bias monitor analyses. */
export interface ModelBiasAnalysis extends Predictions {
  /** Names of the feature columns, in order, for requests in CSV without header; absent: those of the baseline. */
  readonly headers?: readonly string[];
  /** The label's column in a dataset, and its name in reports. */
  readonly label: string;
  /** Labels that count as positive, or one number that a continuous label must exceed. */
  readonly labelValuesOrThreshold: readonly (string | number)[];
  /** The one number is a threshold whatever the label's values are; absent: as of facets. */
  readonly labelIsThreshold?: true;
  readonly facets: readonly BiasFacet[];
  /** Column whose groups the conditional metrics (CDDL, CDDPL) look at one by one. */
  readonly groupVariable?: string;
  /** Absent: `Robust`. */
  readonly method?: BiasMethod;
  /** Bounds by metric, such as `{ DI: { minimum: 0.8 } }`, which is what holds when absent; nothing holds then with `Compatible`. */
  readonly constraints?: Readonly<Record<string, BiasConstraint>>;
}

/** One metric of one group; `"Infinity"` and `"-Infinity"` are texts, as JSON has no such numbers. */
export interface BiasMetric {
  /** Such as `DI`. */
  readonly name: string;
  readonly description: string;
  /** `null` where it cannot be computed; `error` says why. */
  readonly value: number | 'Infinity' | '-Infinity' | null;
  readonly error?: string;
  /** How far the value scatters by chance; absent where that cannot be told. Ours: the service's file has no such key. */
  readonly standard_error?: number;
}

/** The metrics of one group of a facet. */
export interface FacetMetrics {
  /** A value, several with `,` between, or an interval such as `(100.0, 2279.0]`. */
  readonly value_or_threshold: string;
  readonly metrics: readonly BiasMetric[];
}

/** The metrics of all facets, before or after training. */
export interface BiasReport {
  readonly label: string;
  readonly facets: Readonly<Record<string, readonly FacetMetrics[]>>;
  readonly label_value_or_threshold: string;
}

/** `analysis.json` of a bias baseline or execution, in the service's layout. */
export interface BiasAnalysisFile {
  readonly version: string;
  readonly pre_training_bias_metrics?: BiasReport;
  readonly post_training_bias_metrics?: BiasReport;
  /** Names of the feature columns, in order. Ours: the service's file has no such key. */
  readonly headers?: readonly string[];
}
