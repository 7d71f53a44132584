import { AnalyzerError } from './analyzer-error';
import { makeDataQualityBaseline } from './data-quality/baseline-job';
import { DataQualityMonitor } from './data-quality/monitor';
import { timeSpan } from './input/time-span';
import { RejectedLog } from './rejected-log';
import { BaselineTask, ExecutionTask, MonitorTask } from './task';
import { WindowMonitor } from './window-monitor';

/** The monitor that does a task, with its baseline and whatever else it needs read. */
// eslint-disable-next-line @typescript-eslint/require-await -- those that read ground truth wait for it
export async function openMonitor(task: MonitorTask, execution: ExecutionTask, rejected: RejectedLog): Promise<WindowMonitor> {
  switch (task.type) {
    case 'data-quality': return new DataQualityMonitor(task, timeSpan(execution.window), rejected);
    default: throw new AnalyzerError(`${task.type} cannot be analysed yet`);
  }
}

/** Makes the baseline that a task asks for. */
export async function runBaseline(task: BaselineTask): Promise<void> {
  switch (task.type) {
    case 'data-quality': return makeDataQualityBaseline(task);
    default: throw new AnalyzerError(`${task.type} cannot be analysed yet`);
  }
}
