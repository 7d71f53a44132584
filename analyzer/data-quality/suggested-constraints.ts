import { Constraints, FeatureConstraints, FeatureStatistics, Statistics } from '../../lib/contract';
import { Judgement } from './judgement';

/** How the dataset's distributions shall be compared with later ones. */
export type Comparison = Pick<Judgement, 'method' | 'numericalThreshold' | 'categoricalThreshold'>;

/** The constraints that a dataset suggests: what holds in it shall hold in production. */
export function suggestConstraints(statistics: Statistics, { method, numericalThreshold, categoricalThreshold }: Comparison): Constraints {
  return {
    version: 0,
    features: statistics.features.map(suggestFeature),
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      emit_metrics: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: numericalThreshold,
        comparison_method: method,
        categorical_comparison_threshold: categoricalThreshold,
        categorical_drift_method: 'LInfinity',
      },
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
