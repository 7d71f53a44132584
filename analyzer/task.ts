import { Analyses, CaptureIndexName, DatasetFormat, MonitorType, Window } from '../lib/contract';
import { Transforms } from './input/transform';
import { Predictor } from './model-explainability/predictor';

/** How the data came: captured by an endpoint or by transform jobs, or brought as a dataset. */
export type InputFormat
  = | { readonly sagemakerCaptureJson: { readonly captureIndexNames: readonly CaptureIndexName[] } }
    | { readonly transforms: Transforms }
    | DatasetFormat;

/** A kind of monitor and what it analyses; the service's environment tells data quality less than our config.json does. */
export type TaskAnalysis = {
  readonly [T in MonitorType]: { readonly type: T; readonly analysis: T extends 'data-quality' ? Partial<Analyses[T]> : Analyses[T] }
}[MonitorType];

/** One kind of task: `TaskOf<BaselineTask, 'model-bias'>`. */
export type TaskOf<Task extends { readonly type: MonitorType }, Type extends MonitorType> = Extract<Task, { readonly type: Type }>;

/** Turns a dataset into what a monitor compares with. */
export type BaselineTask = TaskAnalysis & {
  readonly kind: 'baseline';
  readonly dataset: string;
  readonly format: InputFormat;
  readonly output: string;
  /** Folder of the ground truth; absent where the dataset holds the labels. */
  readonly groundTruth?: string | undefined;
  /** The model; only explainability asks it. */
  readonly predictor?: Predictor;
};

/** What one monitor judges by, and where its reports go. */
export type MonitorTask = TaskAnalysis & {
  readonly name: string | undefined;
  readonly output: string;
  /** constraints.json, analysis.json, or a folder that holds it alone. */
  readonly constraints: string;
  readonly statistics: string | undefined;
};

/** Judges a window by baselines: all monitors in one read of it. */
export interface ExecutionTask {
  readonly kind: 'execution';
  readonly dataset: string;
  readonly format: InputFormat;
  /** Folder of the ground truth; absent where a dataset holds the labels. */
  readonly groundTruth: string | undefined;
  readonly endpoint: string | undefined;
  /** Absent: all there is. */
  readonly window: Window | undefined;
  readonly metricTime: string;
  /** Where the service collects metrics, when it does. */
  readonly cloudWatchFolder: string | undefined;
  readonly monitors: readonly MonitorTask[];
  /** The model; only explainability asks it. */
  readonly predictor?: Predictor;
}
