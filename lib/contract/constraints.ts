import { InferredType } from './statistics';

/** A switch in the service's files. */
export type Switch = 'Enabled' | 'Disabled';

/**
 * How a numeric distribution is compared with its baseline.
 *
 * `Robust` is the largest gap between the two cumulative distributions less what chance explains, with real row counts.
 * `Simple` is the gap itself. `Compatible` is the number the service computes, its collapse of duplicates included.
 */
export type ComparisonMethod = 'Robust' | 'Simple' | 'Compatible';

/** What the data-quality monitor checks, and how strictly. */
export interface MonitoringConfig {
  readonly evaluate_constraints: Switch;
  readonly emit_metrics: Switch;
  /** Smallest share (0–1) of values that must have the baseline's type. */
  readonly datatype_check_threshold: number;
  /** Smallest share (0–1) of values that must be in the baseline's domain. */
  readonly domain_content_threshold: number;
  readonly distribution_constraints: {
    readonly perform_comparison: Switch;
    readonly comparison_threshold: number;
    readonly comparison_method: ComparisonMethod;
    readonly categorical_comparison_threshold?: number;
    readonly categorical_drift_method?: 'LInfinity' | 'ChiSquared';
  };
}

/** What one column must satisfy. */
export interface FeatureConstraints {
  readonly name: string;
  readonly inferred_type: InferredType;
  /** Smallest share (0–1) of values that must be present. */
  readonly completeness: number;
  readonly num_constraints?: { readonly is_non_negative: boolean };
  readonly string_constraints?: { readonly domains: readonly string[] };
}

/**
 * `constraints.json` of the data-quality monitor, in the service's layout.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
 */
export interface Constraints {
  readonly version: number;
  readonly features: readonly FeatureConstraints[];
  readonly monitoring_config: MonitoringConfig;
}
