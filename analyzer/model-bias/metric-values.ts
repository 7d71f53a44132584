import { BiasDimension, biasMetric, BiasStage } from '../../lib/contract';
import { MetricValue } from '../metric-records';
import { LabelName } from './analysis-file';
import { MeasuredGroup, Measurement } from './measurement';

/** Longest value of a dimension. */
const LONGEST = 1024;

/** The metrics of all groups; those without a value are absent. */
export function biasMetrics(groups: readonly MeasuredGroup[], label: LabelName): MetricValue[] {
  return groups.flatMap(group => [
    ...group.preTraining.map(metric => metricValue(metric, BiasStage.PRE_TRAINING, group, label)),
    ...(group.postTraining ?? []).map(metric => metricValue(metric, BiasStage.POST_TRAINING, group, label)),
  ]);
}

function metricValue(
  { name, value }: Measurement, stage: string, group: MeasuredGroup, { label, label_value_or_threshold: labelValue }: LabelName,
): MetricValue {
  return {
    name: biasMetric(name),
    value,
    unit: 'None',
    dimensions: [
      { Name: BiasDimension.STAGE, Value: stage },
      dimension(BiasDimension.LABEL, label),
      dimension(BiasDimension.LABEL_VALUE, labelValue),
      dimension(BiasDimension.FACET, group.facet),
      dimension(BiasDimension.FACET_VALUE, group.value),
    ],
  };
}

/** What is not ASCII is percent-encoded: CloudWatch takes nothing else. */
function dimension(name: string, value: string): { readonly Name: string; readonly Value: string } {
  return { Name: name, Value: value.replace(/[^\x20-\x7e]/gu, encodeURIComponent).slice(0, LONGEST) };
}
