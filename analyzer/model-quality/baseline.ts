import * as z from 'zod';
import { ModelQualityConstraints, ModelQualityStatistics, ProblemType, QualityConstraint } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readJson } from '../json-file';
import { CONSTRAINTS_KEYS, knownMetrics, problemTypeOf } from './constraints';

/** What a window's predictions are judged by. */
export interface Baseline {
  readonly constraints: Readonly<Record<string, QualityConstraint>>;
  /** They name the classes; besides, only the report shows them. */
  readonly statistics: ModelQualityStatistics | undefined;
}

const RULES = z.record(z.string(), z.object({
  threshold: z.number(),
  comparison_operator: z.enum(['LessThanThreshold', 'GreaterThanThreshold']),
}));
const CONSTRAINTS = z.object({
  version: z.number().default(0),
  binary_classification_constraints: RULES.optional(),
  multiclass_classification_constraints: RULES.optional(),
  regression_constraints: RULES.optional(),
}) satisfies z.ZodType<ModelQualityConstraints>;

const METRIC = z.object({ value: z.number(), standard_deviation: z.union([z.number(), z.literal('NaN')]).nullish().transform(deviation => deviation ?? 'NaN' as const) });
const RATES = z.array(z.number());
const CONFUSION_MATRIX = z.record(z.string(), z.record(z.string(), z.number()));
const STATISTICS = z.object({
  version: z.number().default(0),
  dataset: z.object({ item_count: z.number() }),
  binary_classification_metrics: z.object({
    confusion_matrix: CONFUSION_MATRIX,
    receiver_operating_characteristic_curve: z.object({ false_positive_rates: RATES, true_positive_rates: RATES }).optional(),
    precision_recall_curve: z.object({ precisions: RATES, recalls: RATES }).optional(),
  }).catchall(METRIC).optional(),
  multiclass_classification_metrics: z.object({ confusion_matrix: CONFUSION_MATRIX }).catchall(METRIC).optional(),
  regression_metrics: z.record(z.string(), METRIC).optional(),
});

/** Reads the pair; each place is a file, or a folder that holds it alone. */
export function readBaseline(constraintsPlace: string, statisticsPlace: string | undefined, problemType: ProblemType): Baseline {
  const file = readJson(constraintsPlace, CONSTRAINTS, 'baseline constraints');
  const constraints = file[CONSTRAINTS_KEYS[problemType]];
  if (constraints === undefined) {
    throw new AnalyzerError(`the baseline constraints in ${constraintsPlace} are for ${problemTypeOf(file) ?? 'no model quality'}, the monitor is for ${problemType}`);
  }
  const known = knownMetrics(problemType);
  const unknown = Object.keys(constraints).find(name => !known.includes(name));
  if (unknown !== undefined) throw new AnalyzerError(`the baseline constraints in ${constraintsPlace} have a metric "${unknown}"; known are ${known.join(', ')}`);
  const statistics = statisticsPlace === undefined ? undefined : readJson(statisticsPlace, STATISTICS, 'baseline statistics') as ModelQualityStatistics;
  return { constraints, statistics };
}
