import {
  Constraints, DataQualityAnalysis, FeatureConstraints, FeatureOverride, FeatureStatistics, MonitoringConfigOverrides, Statistics,
} from '../../lib/contract';
import { Rules } from './judgement';

/** How the dataset's distributions shall be compared with later ones. */
export interface Comparison {
  readonly rules: Rules;
  readonly overrides: DataQualityAnalysis['overrides'];
}

/** The constraints that a dataset suggests: what holds in it shall hold in production. */
export function suggestConstraints(statistics: Statistics, { rules, overrides = {} }: Comparison): Constraints {
  return {
    version: 0,
    features: statistics.features.map((feature) => {
      const override = overrides[feature.name];
      return { ...suggestFeature(feature), ...(override && { monitoring_config_overrides: configOverrides(override) }) };
    }),
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      emit_metrics: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: rules.numericalThreshold,
        comparison_method: rules.method,
        categorical_comparison_threshold: rules.categoricalThreshold,
        categorical_drift_method: rules.categoricalMethod,
      },
    },
  };
}

function configOverrides(override: FeatureOverride): MonitoringConfigOverrides {
  return {
    datatype_check_threshold: override.typeThreshold,
    domain_content_threshold: override.domainThreshold,
    distribution_constraints: {
      comparison_threshold: override.comparisonThreshold,
      comparison_method: override.comparisonMethod,
      categorical_comparison_threshold: override.comparisonThreshold,
      categorical_drift_method: override.categoricalMethod,
    },
  };
}

function suggestFeature({ name, inferred_type, numerical_statistics: numerical, string_statistics: string }: FeatureStatistics): FeatureConstraints {
  const domains = string && domainOf(string);
  return {
    name,
    inferred_type,
    completeness: (numerical ?? string)?.completeness ?? 0,
    ...(numerical && { num_constraints: { is_non_negative: numerical.min >= 0 } }),
    ...(domains && { string_constraints: { domains } }),
  };
}

/** Values that hardly repeat, such as names, are no categories: tomorrow's will be others. */
function domainOf({ common, distribution }: NonNullable<FeatureStatistics['string_statistics']>): string[] | undefined {
  const buckets = distribution?.categorical.buckets;
  return buckets && buckets.length <= common.num_present / 2 ? buckets.map(({ value }) => value) : undefined;
}
