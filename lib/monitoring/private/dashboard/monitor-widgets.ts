import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AttributionDimension, BiasDimension, biasMetric, ExecutionMetric, featureDriftMetric, featureMeanShiftMetric, MonitorType } from '../../../contract';
import { MonitoringSchedule } from '../../monitoring-schedule';
import { AMOUNT, graph, row, SHARE } from './graph';
import { named, search } from './search';
import { watched } from './watched';

type Graph = (schedule: MonitoringSchedule) => cloudwatch.GraphWidgetProps;

/** What is shown of each kind of monitor, in a row. */
export const MONITOR_WIDGETS: Readonly<Record<MonitorType, (schedule: MonitoringSchedule) => cloudwatch.IWidget[]>> = {
  'data-quality': schedule => row(watchedDrift(schedule), publishedDrift(schedule), meanShift(schedule), violations(schedule, 'data-quality')),
  'model-quality': schedule => row(quality(schedule), labels(schedule), violations(schedule, 'model-quality')),
  'model-bias': schedule => row(disparateImpact(schedule), otherBias(schedule), violations(schedule, 'model-bias')),
  'model-explainability': schedule => row(ranking(schedule), attribution(schedule), violations(schedule, 'model-explainability')),
};

/** Of a classification, between 0 and 1; r2 is that of a regression. */
const QUALITY = ['accuracy', 'precision', 'recall', 'f1', 'auc', 'weighted_precision', 'weighted_recall', 'weighted_f1', 'r2'];
/** Of a regression, from 0. */
const ERRORS = ['mae', 'mse', 'rmse'];
const DISPARATE_IMPACT = biasMetric('DI');
/** Below it, a group is at a disadvantage by the four-fifths rule. */
const FOUR_FIFTHS: cloudwatch.HorizontalAnnotation = { value: 0.8, label: 'four-fifths rule', fill: cloudwatch.Shading.BELOW };

const watchedDrift: Graph = (schedule) => {
  const { metrics, thresholds } = watched(schedule, 'data-quality', [featureDriftMetric(''), ExecutionMetric.BASELINE_DRIFT_MAX], [schedule.metricMaximumDrift()]);
  return graph('Distance from the baseline: the largest, and what alarms watch', metrics, SHARE, thresholds);
};

const publishedDrift: Graph = schedule =>
  graph('Distance from the baseline: published features', [search(schedule, 'data-quality', { names: 'MetricName=(feature AND baseline AND drift)' })], SHARE);

const meanShift: Graph = (schedule) => {
  const all = search(schedule, 'data-quality', { names: 'MetricName=(feature AND relative AND shift)' });
  return graph('Relative shift of the mean', [all], AMOUNT, watched(schedule, 'data-quality', [featureMeanShiftMetric('')]).thresholds);
};

const quality: Graph = (schedule) => {
  const shown = (names: readonly string[]): cloudwatch.IMetric => search(schedule, 'model-quality', { names: named(names) });
  return {
    ...graph('Quality of predictions; errors of a regression on the right', [shown(QUALITY)], { showUnits: false }, watched(schedule, 'model-quality', QUALITY).thresholds),
    right: [shown(ERRORS)],
    rightYAxis: AMOUNT,
    rightAnnotations: [...watched(schedule, 'model-quality', ERRORS).thresholds],
  };
};

const labels: Graph = (schedule) => {
  const { LABELLED_SHARE } = ExecutionMetric;
  const { metrics, thresholds } = watched(schedule, 'model-quality', [LABELLED_SHARE], [schedule._metric('model-quality', LABELLED_SHARE)]);
  return graph('Share of predictions with a label', metrics, SHARE, thresholds);
};

const disparateImpact: Graph = (schedule) => {
  const all = search(schedule, 'model-bias', { names: named([DISPARATE_IMPACT]), dimensions: Object.values(BiasDimension) });
  return graph('Disparate impact', [all], AMOUNT, [FOUR_FIFTHS, ...watched(schedule, 'model-bias', [DISPARATE_IMPACT]).thresholds]);
};

const otherBias: Graph = (schedule) => {
  const all = search(schedule, 'model-bias', { names: `MetricName=(bias AND metric) NOT MetricName="${DISPARATE_IMPACT}"`, dimensions: Object.values(BiasDimension) });
  return graph('Other measures of bias', [all], { showUnits: false });
};

const ranking: Graph = (schedule) => {
  const { FEATURE_ATTRIBUTION_NDCG } = ExecutionMetric;
  const { metrics, thresholds } = watched(schedule, 'model-explainability', [FEATURE_ATTRIBUTION_NDCG], [schedule._metric('model-explainability', FEATURE_ATTRIBUTION_NDCG)]);
  return graph('Ranking of features: 1 is the baseline\'s (nDCG)', metrics, SHARE, thresholds);
};

const attribution: Graph = (schedule) => {
  const names = `${AttributionDimension.VALUE_TYPE}="GlobalShapValues"`;
  return graph('Global attribution of features', [search(schedule, 'model-explainability', { names, dimensions: Object.values(AttributionDimension) })], { showUnits: false });
};

function violations(schedule: MonitoringSchedule, type: MonitorType): cloudwatch.GraphWidgetProps {
  const { VIOLATIONS } = ExecutionMetric;
  const { metrics, thresholds } = watched(schedule, type, [VIOLATIONS], [schedule._metric(type, VIOLATIONS)]);
  return graph('Violations of the baseline', metrics, AMOUNT, thresholds);
}
