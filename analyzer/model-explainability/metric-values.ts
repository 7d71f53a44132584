import { AttributionDimension, ExecutionMetric, featureAttributionMetric } from '../../lib/contract';
import { MetricValue } from '../metric-records';
import { RankingDrift } from './drift';
import { Attributions } from './explained-model';

/** Name of the metric that tells what is expected of a row of which nothing is known. */
const EXPECTED_VALUE = 'ExpectedValue';

/** What each feature is worth to each label, and how far the worst ranking is from the baseline's. */
export function attributionMetrics(attributions: Attributions, drifts: readonly RankingDrift[]): MetricValue[] {
  const ndcgs = drifts.flatMap(({ ndcg }) => ndcg ?? []);
  return [
    ...Object.entries(attributions).flatMap(([label, { global_shap_values, expected_value }]): MetricValue[] => [
      ...Object.entries(global_shap_values).map(([feature, value]): MetricValue =>
        ({ name: featureAttributionMetric(feature), value, unit: 'None', dimensions: dimensions(label, 'GlobalShapValues') })),
      { name: EXPECTED_VALUE, value: expected_value, unit: 'None', dimensions: dimensions(label, 'ExpectedValue') },
    ]),
    { name: ExecutionMetric.FEATURE_ATTRIBUTION_NDCG, value: ndcgs.length > 0 ? Math.min(...ndcgs) : undefined, unit: 'None' },
  ];
}

function dimensions(label: string, valueType: string): MetricValue['dimensions'] {
  return [
    { Name: AttributionDimension.METHOD, Value: 'KernelShap' },
    { Name: AttributionDimension.LABEL, Value: label },
    { Name: AttributionDimension.VALUE_TYPE, Value: valueType },
  ];
}
