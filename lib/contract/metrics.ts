import { thresholdOf } from './model-bias';
import { MonitorType } from './monitor-type';
import { DATA_QUALITY_CHECKS, DataQualityCheck } from './violations';

/** Longest value of a dimension. */
const LONGEST = 1024;

/** Where the metrics of a real-time endpoint go; the service's own spelling. */
export const METRIC_NAMESPACES: Readonly<Record<MonitorType, string>> = {
  'data-quality': 'aws/sagemaker/Endpoints/data-metrics',
  'model-quality': 'aws/sagemaker/Endpoints/model-metrics',
  'model-bias': 'aws/sagemaker/Endpoints/bias-metrics',
  'model-explainability': 'aws/sagemaker/Endpoints/explainability-metrics',
};

/**
 * Where the metrics of a monitor go. Those of no endpoint have namespaces of their own in the service, too.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-cloudwatch.html
 */
export function metricNamespace(type: MonitorType, endpointName: string | undefined): string {
  return endpointName === undefined ? METRIC_NAMESPACES[type].replace('Endpoints', 'ModelMonitoring') : METRIC_NAMESPACES[type];
}

/** Names of the two dimensions that metrics of ours bear: that of the endpoint, where there is one. */
export const ENDPOINT_DIMENSION = 'Endpoint';
/** The monitor's name: `<schedule>-data-quality` … */
export const SCHEDULE_DIMENSION = 'MonitoringSchedule';

/** Metric names are ASCII; what a feature's name has beyond that is percent-encoded, and the whole is cut at 255. */
function metricName(prefix: string, feature: string): string {
  return `${prefix}${feature.replace(/[^\x21-\x7e ]/gu, encodeURIComponent)}`.slice(0, 255);
}

/** Distance (0–1) between the window's distribution of a feature and the baseline's. */
export const featureDriftMetric = (feature: string): string => metricName('feature_baseline_drift_', feature);
/** |mean − baseline mean| / |baseline mean|: 0.2 is 20 %. */
export const featureMeanShiftMetric = (feature: string): string => metricName('feature_relative_mean_shift_', feature);
/** The values of a numeric feature, as a statistic set. */
export const featureDataMetric = (feature: string): string => metricName('feature_data_', feature);
/** How many values of a feature are there. */
export const featureNonNullMetric = (feature: string): string => metricName('feature_non_null_', feature);
/** How many violations one check found. */
export const checkViolationsMetric = (check: DataQualityCheck): string => `violations_${check}`;

/** A bias metric; its dimensions tell the facet and the group. */
export const biasMetric = (name: string): string => `bias_metric_${name}`;

/** Global SHAP value of a feature. */
export const featureAttributionMetric = (feature: string): string => metricName('feature_', feature);

/** Dimensions of a bias metric beside the two that every metric bears. */
export const BiasDimension = { STAGE: 'BiasStage', LABEL: 'Label', LABEL_VALUE: 'LabelValue', FACET: 'Facet', FACET_VALUE: 'FacetValue' } as const;

/** Values of the dimension `BiasStage`. */
export const BiasStage = { PRE_TRAINING: 'Pre-training', POST_TRAINING: 'Post-Training' } as const;

/** A group, or the positive label, in the dimensions of our metrics: what lies above a threshold is named by that alone, so that the name stays. */
export function groupName(group: string): string {
  const threshold = thresholdOf(group);
  return threshold === undefined ? group : aboveName(threshold);
}

/** The name of what lies above a threshold. */
export function aboveName(threshold: number): string {
  return `above ${threshold}`;
}

/** Dimensions of a bias metric beside the two that every metric bears. What is not ASCII is percent-encoded: CloudWatch takes nothing else. */
export function biasDimensions(values: Readonly<Record<keyof typeof BiasDimension, string>>): MetricDimension[] {
  const names = Object.keys(BiasDimension) as (keyof typeof BiasDimension)[];
  return names.map(name => ({ Name: BiasDimension[name], Value: values[name].replace(/[^\x20-\x7e]/gu, encodeURIComponent).slice(0, LONGEST) }));
}

/** Dimensions of an attribution beside the two that every metric bears. */
export const AttributionDimension = { METHOD: 'ExplainabilityMethod', LABEL: 'Label', VALUE_TYPE: 'ValueType' } as const;

/** Metrics of an execution as a whole. */
export const ExecutionMetric = {
  /** The largest `feature_baseline_drift_*`; one with a threshold of its own in proportion to that threshold. */
  BASELINE_DRIFT_MAX: 'baseline_drift_max',
  /** nDCG (0–1) of the features' ranking by attribution, the lowest of all labels; 1 is the baseline's own ranking. */
  FEATURE_ATTRIBUTION_NDCG: 'feature_attribution_ndcg',
  /** All violations. */
  VIOLATIONS: 'violations',
  /** All violations, by the service's name for model quality. */
  TOTAL_NUMBER_OF_VIOLATIONS: 'total_number_of_violations',
  /** Capture records that lie in the window. */
  RECORDS_CAPTURED: 'records_captured',
  /** Rows analysed; a record can carry many. */
  RECORDS_ANALYSED: 'records_analysed',
  /** Rows analysed that have a label. */
  RECORDS_LABELLED: 'records_labelled',
  /** Share (0–1) of the rows analysed that have a label; what is rejected counts neither way. */
  LABELLED_SHARE: 'labelled_share',
  /** Lines and rows kept aside in rejected.jsonl. */
  RECORDS_REJECTED: 'records_rejected',
  /** 1 when the window held no traffic, else 0. */
  NO_DATA: 'execution_no_data',
  /** 1 when no finished baseline was there to compare with, else 0; of baselines that are not simply files. */
  BASELINE_PENDING: 'execution_baseline_pending',
  /** 1 when the job failed or was stopped, else 0. */
  FAILED: 'execution_failed',
  /** 1 when the schedule was deployed, from when on its executions are waited for. */
  DEPLOYED: 'schedule_deployed',
  /** Seconds from the job's start to its end. */
  DURATION: 'execution_duration',
} as const;

/** Where the metric of baseline jobs goes; they are of no endpoint. */
export const BASELINE_NAMESPACE = 'cdk-model-monitor/baselines';

/** Its dimension: how the names of the baseline's jobs begin. */
export const BASELINE_DIMENSION = 'Baseline';

/** 1 when a job that makes a baseline failed or was stopped, else 0. */
export const BASELINE_FAILED_METRIC = 'baseline_failed';

/** Whether our analyzer measures it and the service's containers have nothing like it. */
export function isOwnMetric(name: string): boolean {
  const added: readonly string[] = Object.values(ExecutionMetric);
  if (name === ExecutionMetric.TOTAL_NUMBER_OF_VIOLATIONS) return false;
  return added.includes(name) || DATA_QUALITY_CHECKS.some(check => name === checkViolationsMetric(check)) || name.startsWith(featureMeanShiftMetric(''));
}

/** A name and a value that tell one metric from another. */
export interface MetricDimension {
  readonly Name: string;
  readonly Value: string;
}

/** Several values in one datum. */
export interface StatisticValues {
  readonly Maximum: number;
  readonly Minimum: number;
  readonly SampleCount: number;
  readonly Sum: number;
}

/** One line of the metrics file, in the service's layout: either `Value` or `StatisticValues`. */
export interface MetricRecord {
  readonly MetricName: string;
  /** ISO 8601. */
  readonly Timestamp: string;
  readonly Dimensions: readonly MetricDimension[];
  readonly Value?: number;
  readonly StatisticValues?: StatisticValues;
  readonly Unit?: 'Count' | 'Seconds' | 'None';
}
