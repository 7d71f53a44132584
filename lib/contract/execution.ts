import { CaptureIndexName } from './capture-record';
import { ComparisonMethod } from './constraints';
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
}

/** One monitor of a schedule. */
export interface MonitorConfig {
  readonly type: 'data-quality';
  /** Value of the dimension `MonitoringSchedule`, and the folder of its reports. */
  readonly name: string;
  readonly baseline: { readonly statisticsUri: string; readonly constraintsUri: string };
  readonly analysis: DataQualityAnalysis;
  /** Features whose metrics are always published, since an alarm watches them. */
  readonly alarmedFeatures: readonly string[];
  /** How many other features' metrics are published, those with most drift first. A custom metric costs money. */
  readonly publishedFeatures: number;
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
  readonly capture: {
    /** `DestinationS3Uri` of the endpoint's data capture, no trailing slash. */
    readonly uri: string;
    readonly endpointName: string;
    readonly variantName: string;
  };
  /** Where reports go, no trailing slash. */
  readonly output: { readonly uri: string; readonly kmsKeyId?: string };
  readonly job: JobConfig;
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
}

/** How many records an execution saw. */
export interface RecordCounts {
  readonly captured: number;
  readonly analysed: number;
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
  /** One entry a feature with a distance, largest first. */
  readonly drift: readonly { readonly feature: string; readonly distance: number; readonly explanation: string }[];
}

/** How an execution ended. `NoData`: nothing was captured in the window. */
export type ExecutionStatus = 'Completed' | 'CompletedWithViolations' | 'NoData' | 'Failed';

/** latest.json, and the detail of both events of ours. */
export interface ExecutionResult {
  readonly endpoint: string;
  readonly schedule: string;
  readonly monitor: string;
  /** Name of the Processing job; of the job that would have run, when there was no data. */
  readonly execution: string;
  readonly status: ExecutionStatus;
  readonly window: Window;
  readonly records: RecordCounts;
  readonly violations: number;
  /** Names of the features that violate a constraint, most drifted first. */
  readonly features: readonly string[];
  /** Explanations of the first ten violations. */
  readonly explanations: readonly string[];
  /** Folder of the reports, no trailing slash. */
  readonly reportUri: string;
  readonly failureReason?: string;
}
