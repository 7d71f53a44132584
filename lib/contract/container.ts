import { MonitorType } from './monitor-type';

/**
 * Where the analyzer finds and leaves things inside its container, and the environment that the service's container reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
 */
export const ContainerPath = {
  /** Capture files of the window, at any depth; a dataset in a baseline job. */
  DATASET: '/opt/ml/processing/input/dataset',
  /** What transform jobs have read, and what they have written, at any depth. */
  TRANSFORM_INPUT: '/opt/ml/processing/input/dataset/input',
  TRANSFORM_OUTPUT: '/opt/ml/processing/input/dataset/output',
  /** Ground-truth files, at any depth. */
  GROUND_TRUTH: '/opt/ml/processing/groundtruth',
  /** Holds config.json: an ExecutionConfig, or in a baseline job a BaselineConfig. */
  CONFIG: '/opt/ml/processing/input/config',
  /** Holds `<monitor type>-constraints/constraints.json` and `<monitor type>-statistics/statistics.json`. */
  BASELINE: '/opt/ml/processing/baseline',
  /** Holds one folder a monitor type; in a baseline job the files themselves. */
  OUTPUT: '/opt/ml/processing/output',
  /** First KiB becomes the job's ExitMessage. */
  MESSAGE: '/opt/ml/output/message',
  /** The job as SageMaker was asked for it. */
  JOB: '/opt/ml/config/processingjobconfig.json',
  /** Collected by the service, for jobs that its own schedules launch. */
  CLOUDWATCH_METRICS: '/opt/ml/output/metrics/cloudwatch',
} as const;

/** Folder of a monitor's baseline file inside the container. */
export function baselinePath(monitorType: MonitorType, kind: 'constraints' | 'statistics'): string {
  return `${ContainerPath.BASELINE}/${monitorType}-${kind}`;
}

/** Names of the environment variables that the service sets and the analyzer obeys. */
export const ContainerEnvironment = {
  DATASET_FORMAT: 'dataset_format',
  DATASET_SOURCE: 'dataset_source',
  OUTPUT_PATH: 'output_path',
  START_TIME: 'start_time',
  END_TIME: 'end_time',
  METRIC_TIME: 'metric_time',
  PUBLISH_CLOUDWATCH_METRICS: 'publish_cloudwatch_metrics',
  ENDPOINT_NAME: 'sagemaker_endpoint_name',
  SCHEDULE_NAME: 'sagemaker_monitoring_schedule_name',
  BASELINE_CONSTRAINTS: 'baseline_constraints',
  BASELINE_STATISTICS: 'baseline_statistics',
  ANALYSIS_TYPE: 'analysis_type',
  PROBLEM_TYPE: 'problem_type',
  INFERENCE_ATTRIBUTE: 'inference_attribute',
  PROBABILITY_ATTRIBUTE: 'probability_attribute',
  PROBABILITY_THRESHOLD_ATTRIBUTE: 'probability_threshold_attribute',
  POSITIVE_LABEL: 'positive_label',
  GROUND_TRUTH_ATTRIBUTE: 'ground_truth_attribute',
  GROUND_TRUTH_SOURCE: 'ground_truth_source',
} as const;

/** `dataset_format` of files that people bring. */
export type DatasetFormat
  = | { readonly csv: { readonly header: boolean } }
    | { readonly json: { readonly lines: true } }
    | { readonly parquet: Record<string, never> };
