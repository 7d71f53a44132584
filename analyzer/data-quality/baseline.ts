import * as z from 'zod';
import {
  CATEGORICAL_METHODS, COMPARISON_METHODS, Constraints, FeatureConstraints, MonitoringConfigOverrides, Statistics,
} from '../../lib/contract';
import { readJson } from '../json-file';

/** The pair of files that a window is compared with. */
export interface Baseline {
  readonly constraints: Constraints;
  /** Without them there is no drift to judge. */
  readonly statistics?: Statistics;
}

const INFERRED_TYPE = z.enum(['Integral', 'Fractional', 'String', 'Unknown']);
const SWITCH = z.enum(['Enabled', 'Disabled']);
const SHARE = z.number().min(0).max(1);
const COMMON = z.object({ num_present: z.number(), num_missing: z.number() });

const DISTRIBUTION = z.object({
  perform_comparison: SWITCH,
  comparison_threshold: z.number(),
  comparison_method: z.enum(COMPARISON_METHODS),
  categorical_comparison_threshold: z.number().optional(),
  categorical_drift_method: z.enum(CATEGORICAL_METHODS).optional(),
});
const CONFIG = z.object({
  evaluate_constraints: SWITCH,
  emit_metrics: SWITCH,
  datatype_check_threshold: SHARE,
  domain_content_threshold: SHARE,
});
const CONFIG_OVERRIDES = CONFIG.partial().extend({ distribution_constraints: DISTRIBUTION.partial().optional() }).optional();

/** The documented name, and the one that the service's SDK writes. */
const OVERRIDES = { monitoringConfigOverrides: CONFIG_OVERRIDES, monitoring_config_overrides: CONFIG_OVERRIDES };

const FEATURE = z.object({
  name: z.string(),
  inferred_type: INFERRED_TYPE,
  completeness: SHARE,
  num_constraints: z.object({ is_non_negative: z.boolean().optional(), ...OVERRIDES }).optional(),
  string_constraints: z.object({ domains: z.array(z.string()).optional(), ...OVERRIDES }).optional(),
  ...OVERRIDES,
});

/** Files of the service in all its versions: keys that came later may be absent, keys that are not read may be there. */
const CONSTRAINTS = z.object({
  version: z.number().default(0),
  features: z.array(FEATURE.transform(withOverridesOnTop)).min(1, 'has no feature'),
  monitoring_config: CONFIG.extend({
    evaluate_constraints: SWITCH.default('Enabled'),
    emit_metrics: SWITCH.default('Enabled'),
    datatype_check_threshold: SHARE.default(1),
    domain_content_threshold: SHARE.default(1),
    distribution_constraints: DISTRIBUTION.extend({
      perform_comparison: SWITCH.default('Enabled'),
      comparison_threshold: z.number().default(0.1),
      comparison_method: z.enum(COMPARISON_METHODS).default('Robust'),
    }).prefault({}),
  }).prefault({}),
});

/** statistics.json, as far as windows are compared with it. */
export const statisticsSchema = z.object({
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
      common: COMMON, distinct_count: z.number(), num_numeric: z.number().optional(),
      distribution: z.object({ categorical: z.object({ buckets: z.array(z.object({ value: z.string(), count: z.number() })) }) }).optional(),
    }).optional(),
  })),
});

/** Reads constraints; as with statistics, the place is a file, or a folder that holds it alone. */
export function readConstraints(place: string): Constraints {
  return readJson(place, CONSTRAINTS, 'baseline constraints');
}

/** Reads the pair. */
export function readBaseline(constraints: string, statistics: string | undefined): Baseline {
  return withStatistics(readConstraints(constraints), statistics);
}

/** Constraints, with the statistics that are beside them. */
export function withStatistics(constraints: Constraints, statistics: string | undefined): Baseline {
  return { constraints, ...(statistics !== undefined && { statistics: readJson(statistics, statisticsSchema, 'baseline statistics') }) };
}

/** The service's SDK writes a column's overrides inside its string_constraints; ours are beside them. */
function withOverridesOnTop(feature: z.output<typeof FEATURE>): FeatureConstraints {
  const { name, inferred_type, completeness, num_constraints: numbers, string_constraints: strings } = feature;
  const overrides = [numbers, strings, feature]
    .flatMap(place => [place?.monitoringConfigOverrides, place?.monitoring_config_overrides])
    .filter(override => override !== undefined);
  return {
    name, inferred_type, completeness,
    ...(numbers?.is_non_negative !== undefined && { num_constraints: { is_non_negative: numbers.is_non_negative } }),
    ...(strings?.domains && { string_constraints: { domains: strings.domains } }),
    ...(overrides.length > 0 && { monitoring_config_overrides: overrides.reduce(mergeOverrides) }),
  };
}

function mergeOverrides(a: MonitoringConfigOverrides, b: MonitoringConfigOverrides): MonitoringConfigOverrides {
  return { ...a, ...b, distribution_constraints: { ...a.distribution_constraints, ...b.distribution_constraints } };
}
