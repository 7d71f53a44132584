import { z } from 'zod';
import { Constraints, Statistics } from '../../lib/contract';
import { readJson } from '../json-file';

/** The pair of files that a window is compared with. */
export interface Baseline {
  readonly constraints: Constraints;
  /** Without them there is no drift to judge. */
  readonly statistics?: Statistics;
}

const INFERRED_TYPE = z.enum(['Integral', 'Fractional', 'String', 'Unknown']);
const SWITCH = z.enum(['Enabled', 'Disabled']).default('Enabled');
const SHARE = z.number().min(0).max(1);
const COMMON = z.object({ num_present: z.number(), num_missing: z.number() });

/** Files of the service in all its versions: keys that came later may be absent, keys that are not read may be there. */
const CONSTRAINTS = z.object({
  version: z.number().default(0),
  features: z.array(z.object({
    name: z.string(),
    inferred_type: INFERRED_TYPE,
    completeness: SHARE,
    num_constraints: z.object({ is_non_negative: z.boolean() }).optional(),
    string_constraints: z.object({ domains: z.array(z.string()) }).optional(),
  })).min(1, 'has no feature'),
  monitoring_config: z.object({
    evaluate_constraints: SWITCH,
    emit_metrics: SWITCH,
    datatype_check_threshold: SHARE.default(1),
    domain_content_threshold: SHARE.default(1),
    distribution_constraints: z.object({
      perform_comparison: SWITCH,
      comparison_threshold: z.number().default(0.1),
      comparison_method: z.enum(['Robust', 'Simple', 'Compatible']).default('Robust'),
      categorical_comparison_threshold: z.number().optional(),
      categorical_drift_method: z.enum(['LInfinity', 'ChiSquared']).optional(),
    }).prefault({}),
  }).prefault({}),
});

const STATISTICS = z.object({
  version: z.number().default(0),
  dataset: z.object({ item_count: z.number() }),
  features: z.array(z.object({
    name: z.string(),
    inferred_type: INFERRED_TYPE,
    numerical_statistics: z.object({
      common: COMMON, mean: z.number(), sum: z.number(), std_dev: z.number(), min: z.number(), max: z.number(),
      distribution: z.object({ kll: z.object({
        buckets: z.array(z.object({ lower_bound: z.number(), upper_bound: z.number(), count: z.number() })),
        sketch: z.object({ parameters: z.object({ c: z.number(), k: z.number() }), data: z.array(z.array(z.number())) }),
      }) }),
    }).optional(),
    string_statistics: z.object({
      common: COMMON, distinct_count: z.number(),
      distribution: z.object({ categorical: z.object({ buckets: z.array(z.object({ value: z.string(), count: z.number() })) }) }).optional(),
    }).optional(),
  })),
});

/** Reads the pair; each place is a file, or a folder that holds it alone. */
export function readBaseline(constraintsPlace: string, statisticsPlace: string | undefined): Baseline {
  return {
    constraints: readJson(constraintsPlace, CONSTRAINTS, 'baseline constraints'),
    ...(statisticsPlace !== undefined && { statistics: readJson(statisticsPlace, STATISTICS, 'baseline statistics') }),
  };
}
