import { TypedAnalysis } from './analysis';
import { BaselineReference } from './baseline';
import { CaptureSource, TransformedFile } from './capture-source';
import { JobConfig } from './job';
import { Violation } from './violations';

/** Hours analysed by one execution: [start, end), ISO 8601, UTC, whole hours. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

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
