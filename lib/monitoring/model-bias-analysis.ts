import { Facet } from './facet';
import { PositiveLabel } from './positive-label';
import { PredictionOptions } from './prediction-options';

/** How a window's bias is compared with the baseline's. */
export enum BiasMethod {
  /** Farther from fair beyond what chance explains; a ratio is fair at 1. */
  ROBUST = 'Robust',
  /** The service's own rule: any value farther from 0. */
  COMPATIBLE = 'Compatible',
}

/** The range that a bias metric must stay in, whatever the baseline says. */
export interface BiasConstraint {
  /**
   * Smallest value.
   *
   * @default - as small as may be
   */
  readonly minimum?: number;
  /**
   * Largest value.
   *
   * @default - as large as may be
   */
  readonly maximum?: number;
}

/** How bias is analysed: the same for a baseline and for the monitor that compares with it. */
export interface ModelBiasAnalysisOptions extends PredictionOptions {
  /** The label's column in a dataset, and its name in reports. */
  readonly label: string;
  /** Which labels are the favourable ones. */
  readonly positiveLabel: PositiveLabel;
  /** The groups that are compared with everybody else. */
  readonly facets: Facet[];
  /**
   * Column whose groups the conditional metrics (CDDL, CDDPL) look at one by one.
   *
   * @default - these metrics are absent
   */
  readonly groupVariable?: string;
  /**
   * Names of the feature columns, in order, for requests in CSV without header.
   *
   * @default - those of the baseline
   */
  readonly headers?: string[];
  /**
   * How bias is compared with the baseline's.
   *
   * @default BiasMethod.ROBUST
   */
  readonly biasMethod?: BiasMethod;
  /**
   * Bounds by metric, such as `{ [BiasMetric.DI]: { minimum: 0.8 } }`.
   *
   * @default - disparate impact must be at least 0.8; with BiasMethod.COMPATIBLE there are no bounds
   */
  readonly biasConstraints?: { [metric: string]: BiasConstraint };
}
