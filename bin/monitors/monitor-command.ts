import { Command, Option } from 'commander';
import { Predictor } from '../../analyzer/model-explainability/predictor';
import { TaskAnalysis } from '../../analyzer/task';
import { CaptureIndexName, MonitorType } from '../../lib/contract';

/** What options say that one monitor shall do. */
interface Plan {
  readonly task: TaskAnalysis;
  /** Sides of captured requests that it reads. */
  readonly sides: readonly CaptureIndexName[];
  /** The model, where it is asked. */
  readonly predictor?: Predictor;
}

/** A monitor as the command line knows it. */
export interface MonitorCommand {
  readonly type: MonitorType;
  /** What it watches. */
  readonly about: string;
  /** What a baseline and an analysis are told alike. */
  readonly options: readonly Option[];
  /** What only an analysis is told. */
  readonly judging: readonly Option[];
  /** Whether it needs labels, which captured requests do not hold. */
  readonly needsLabels: boolean;
  plan(command: Command): Plan;
}

export const BOTH_SIDES: readonly CaptureIndexName[] = ['endpointInput', 'endpointOutput'];
