import { InferredType } from './statistics';

/** A switch in the service's files. */
type Switch = 'Enabled' | 'Disabled';

/**
 * How a numeric distribution is compared with its baseline.
 *
 * `Robust` is the largest gap between the two cumulative distributions less what chance explains, with real row counts.
 * `Simple` is the gap itself. `Compatible` is the number the service computes, its collapse of duplicates included.
 * `PopulationStabilityIndex` is the index over the baseline's deciles, and over categories; it can exceed 1, and is usually read as
 * moderate drift from 0.1 and strong drift from 0.25.
 */
export const COMPARISON_METHODS = ['Robust', 'Simple', 'Compatible', 'PopulationStabilityIndex'] as const;

/** A way to compare numeric distributions. */
export type ComparisonMethod = (typeof COMPARISON_METHODS)[number];

/**
 * How the shares of categories are compared with their baseline: the largest gap of one category, or √(½ Σ (p − q)² / (p + q)) where the
 * chi-squared test sees a difference.
 */
export const CATEGORICAL_METHODS = ['LInfinity', 'ChiSquared'] as const;

/** A way to compare categories. */
export type CategoricalMethod = (typeof CATEGORICAL_METHODS)[number];

/** What the data-quality monitor checks, and how strictly. */
interface MonitoringConfig {
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
    readonly categorical_drift_method?: CategoricalMethod;
  };
}

/** What of it differs for one column. */
export type MonitoringConfigOverrides = Partial<Omit<MonitoringConfig, 'distribution_constraints'>> & {
  readonly distribution_constraints?: Partial<MonitoringConfig['distribution_constraints']>;
};

/** What one column must satisfy. */
export interface FeatureConstraints {
  readonly name: string;
  readonly inferred_type: InferredType;
  /** Smallest share (0–1) of values that must be present. */
  readonly completeness: number;
  readonly num_constraints?: { readonly is_non_negative: boolean };
  readonly string_constraints?: { readonly domains: readonly string[] };
  readonly monitoring_config_overrides?: MonitoringConfigOverrides;
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
