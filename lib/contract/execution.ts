import { BaselineReference } from './baseline';
import { CaptureIndexName } from './capture-record';
import { CaptureSource, TransformedFile } from './capture-source';
import { CategoricalMethod, ComparisonMethod } from './constraints';
import { ModelBiasAnalysis } from './model-bias';
import { ModelExplainabilityAnalysis } from './model-explainability';
import { ModelQualityAnalysis } from './model-quality';
import { MonitorType } from './monitor-type';
import { Violation } from './violations';

/** Hours analysed by one execution: [start, end), ISO 8601, UTC, whole hours. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

/** What the data-quality monitor analyses. */
export interface DataQualityAnalysis {
  /** Sides of the capture record to read. With both, output columns come first, as in the service. */
  readonly captureIndexNames: readonly CaptureIndexName[];
  /** Columns of the dataset that the monitor ignores, such as the label. */
  readonly excludedColumns: readonly string[];
  /** Columns whose values are hashed wherever a value would be written. */
  readonly sensitiveColumns: readonly string[];
  readonly comparisonMethod: ComparisonMethod;
  /** Distance above which a distribution has drifted (0–1). */
  readonly comparisonThreshold: number;
  /** Fewest rows with which drift is judged; below, drift metrics are absent. */
  readonly minimumRows: number;
  /** How the categories of text columns are compared; absent: as the baseline's file says, else `LInfinity`. */
  readonly categoricalMethod?: CategoricalMethod;
  /** What differs for single columns, by name. */
  readonly overrides?: Readonly<Record<string, FeatureOverride>>;
}

/** What differs for one column; what is absent is as for all others. */
export interface FeatureOverride {
  readonly comparisonMethod?: ComparisonMethod;
  readonly categoricalMethod?: CategoricalMethod;
  readonly comparisonThreshold?: number;
  /** Smallest share (0–1) of values that must have the baseline's type. */
  readonly typeThreshold?: number;
  /** Smallest share (0–1) of values that must be in the baseline's domain. */
  readonly domainThreshold?: number;
}

/** What each kind of monitor analyses. */
export interface Analyses {
  'data-quality': DataQualityAnalysis;
  'model-quality': ModelQualityAnalysis;
  'model-bias': ModelBiasAnalysis;
  'model-explainability': ModelExplainabilityAnalysis;
}

/** A kind of monitor and what it analyses. */
export type TypedAnalysis = { readonly [T in MonitorType]: { readonly type: T; readonly analysis: Analyses[T] } }[MonitorType];

/** One monitor of a schedule. */
export type MonitorConfig = TypedAnalysis & {
  /** Value of the dimension `MonitoringSchedule`, and the folder of its reports. */
  readonly name: string;
  /** What is compared with; of bias and explainability the constraints are in analysis.json, and there are no statistics. */
  readonly baseline: BaselineReference;
  /** Features whose metrics are always published, since an alarm watches them. */
  readonly alarmedFeatures: readonly string[];
  /** How many other features' metrics are published, those with most drift first. A custom metric costs money. */
  readonly publishedFeatures: number;
};

/** How long the labels take that a monitor needs (whole hours); `undefined` where it needs none. */
export function labelDelayHours({ analysis }: TypedAnalysis): number | undefined {
  return 'labelDelayHours' in analysis ? analysis.labelDelayHours : undefined;
}

/** The Processing job of one execution. */
export interface JobConfig {
  /** `<schedule>-<8 hex>`: the start of every job's name, which no other schedule's begins with. */
  readonly namePrefix: string;
  readonly roleArn: string;
  readonly imageUri: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly volumeSizeInGB: number;
  readonly volumeKmsKeyId?: string;
  readonly maxRuntimeInSeconds: number;
  readonly networkIsolation: boolean;
  readonly subnets?: readonly string[];
  readonly securityGroupIds?: readonly string[];
}

/** A schedule, as it travels from the template in the Scheduler's input and on to every handler and job as config.json. */
export interface ScheduleConfig {
  readonly name: string;
  readonly cadenceHours: number;
  readonly capture: CaptureSource;
  /** Where labels are, by the hour in which they were collected; no trailing slash. */
  readonly groundTruth?: { readonly uri: string };
  /** Where reports go, no trailing slash. */
  readonly output: { readonly uri: string; readonly kmsKeyId?: string };
  readonly job: JobConfig;
  /** Job of the explainability monitor, which is not isolated, as it asks the model; absent where no monitor does. */
  readonly explanationJob?: JobConfig;
  readonly monitors: readonly MonitorConfig[];
}

/** What the Scheduler puts into the queue of start-monitoring-execution. */
export interface StartRequest {
  /** `<aws.scheduler.scheduled-time>`: the window comes from here, never from a clock. */
  readonly scheduledTime: string;
  readonly schedule: ScheduleConfig;
}

/** config.json: a schedule and the window of this execution. */
export interface ExecutionConfig {
  readonly schedule: ScheduleConfig;
  readonly window: Window;
  /** What transform jobs have made of which files, where it is they that are watched. */
  readonly transforms?: readonly TransformedFile[];
}

/** How many records an execution saw. */
export interface RecordCounts {
  readonly captured: number;
  readonly analysed: number;
  /** Rows with a label; absent where the monitor needs none. */
  readonly labelled?: number;
  /** Labels that a later one of the same id replaced. */
  readonly duplicatedLabels?: number;
  /** Labels of no request of the window; most are those of other windows. */
  readonly unmatchedLabels?: number;
  readonly rejected: number;
  /** Records of the files read that belong to another execution's window. */
  readonly outsideWindow: number;
}

/** summary.json: what the analyzer found, in short. */
export interface ExecutionSummary {
  readonly monitor: string;
  readonly window: Window;
  readonly records: RecordCounts;
  readonly violations: readonly Violation[];
  /** One entry a feature with a distance, largest first; of the data-quality monitor alone. */
  readonly drift: readonly { readonly feature: string; readonly distance: number; readonly explanation: string }[];
}

/**
 * How an execution ended. `NoData`: nothing was captured in the window. `AllRejected`: nothing that was captured could
 * be read. `NoGroundTruth`: nothing that was captured has a label yet.
 * `BaselinePending`: there is no finished baseline yet to compare with.
 */
export const EXECUTION_STATUSES = ['Completed', 'CompletedWithViolations', 'NoData', 'AllRejected', 'NoGroundTruth', 'BaselinePending', 'Failed'] as const;

/** An end of an execution. */
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** latest.json, and the detail of both events of ours. */
export interface ExecutionResult {
  /** Absent where what is watched is no endpoint. */
  readonly endpoint?: string;
  readonly schedule: string;
  readonly monitor: string;
  /** Name of the Processing job; of the job that would have run, when there was no data or no baseline. */
  readonly execution: string;
  readonly status: ExecutionStatus;
  readonly window: Window;
  readonly records: RecordCounts;
  readonly violations: number;
  /** What the violations are about, most drifted first: features, metrics, groups or labels. */
  readonly features: readonly string[];
  /** Explanations of the first ten violations. */
  readonly explanations: readonly string[];
  /** Folder of the reports, no trailing slash. */
  readonly reportUri: string;
  readonly failureReason?: string;
}
