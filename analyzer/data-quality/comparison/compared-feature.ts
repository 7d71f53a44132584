import { FeatureConstraints, FeatureStatistics } from '../../../lib/contract';
import { Rules } from '../judgement';
import { Column } from '../statistics/column';

/** One feature of the window beside the same feature of the baseline. */
export interface ComparedFeature {
  readonly name: string;
  readonly constraint: FeatureConstraints;
  readonly rules: Rules;
  readonly baseline: FeatureStatistics | undefined;
  readonly window: FeatureStatistics;
  readonly column: Column;
  /** Rows of the window. */
  readonly rows: number;
  /** Rows of the baseline, where its statistics are known. */
  readonly baselineRows: number | undefined;
  /** Absent where one side has no distribution, or too few rows to judge. */
  readonly distance: number | undefined;
  /** A distance above it is drift. */
  readonly threshold: number;
  /** |mean − baseline mean| / |baseline mean|, 0 where chance explains it; absent too where the baseline's mean is about zero. */
  readonly meanShift: number | undefined;
}
