import { biasDimensions, biasMetric, BiasStage } from '../../lib/contract';
import { MetricValue } from '../metric-records';
import { LabelName } from './analysis-file';
import { MeasuredGroup, Measurement } from './measurement';

/** The metrics of all groups; those without a value are absent. */
export function biasMetrics(groups: readonly MeasuredGroup[], label: LabelName): MetricValue[] {
  return groups.flatMap(group => [
    ...group.preTraining.map(metric => metricValue(metric, BiasStage.PRE_TRAINING, group, label)),
    ...(group.postTraining ?? []).map(metric => metricValue(metric, BiasStage.POST_TRAINING, group, label)),
  ]);
}

function metricValue(
  { name, value }: Measurement, stage: string, { facet, value: group }: MeasuredGroup, { label, label_value_or_threshold: labelValue }: LabelName,
): MetricValue {
  return {
    name: biasMetric(name),
    value,
    unit: 'None',
    dimensions: biasDimensions({ STAGE: stage, LABEL: label, LABEL_VALUE: labelValue, FACET: facet, FACET_VALUE: group }),
  };
}
