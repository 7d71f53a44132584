import { delayedWindow, Window } from '../lib/contract';
import { makeDataQualityBaseline } from './data-quality/baseline-job';
import { DataQualityMonitor } from './data-quality/monitor';
import { withOtherThreads } from './data-quality/other-threads';
import { TimeSpan, timeSpan } from './input/time-span';
import { makeModelBiasBaseline } from './model-bias/baseline-job';
import { ModelBiasMonitor } from './model-bias/monitor';
import { makeModelQualityBaseline } from './model-quality/baseline-job';
import { ModelQualityMonitor } from './model-quality/monitor';
import { makeModelExplainabilityBaseline } from './model-explainability/baseline-job';
import { ModelExplainabilityMonitor } from './model-explainability/monitor';
import { Labels } from './observation/ground-truth';
import { RejectedLog } from './rejected-log';
import { BaselineTask, ExecutionTask, MonitorTask } from './task';
import { WindowMonitor } from './window-monitor';

/** Whether a monitor compares predictions with what became known later. */
export function needsLabels({ type }: MonitorTask): boolean {
  return type === 'model-quality' || type === 'model-bias';
}

/** The monitor that does a task, with its baseline. */
export function openMonitor(task: MonitorTask, execution: ExecutionTask, rejected: RejectedLog, labels: Labels): WindowMonitor {
  switch (task.type) {
    case 'data-quality': return DataQualityMonitor.open(task, execution, rejected);
    case 'model-explainability': return new ModelExplainabilityMonitor(task, timeSpan(execution.window), execution.predictor);
    case 'model-bias': return new ModelBiasMonitor(task, delayedSpan(execution.window, task.analysis.labelDelayHours), labels.unasked());
    case 'model-quality': return new ModelQualityMonitor(task, delayedSpan(execution.window, task.analysis.labelDelayHours), labels.unasked());
  }
}

/** Makes the baseline that a task asks for. */
export async function runBaseline(task: BaselineTask): Promise<void> {
  await withOtherThreads(() => makeBaseline(task));
}

async function makeBaseline(task: BaselineTask): Promise<void> {
  switch (task.type) {
    case 'data-quality': return makeDataQualityBaseline(task);
    case 'model-explainability': return makeModelExplainabilityBaseline(task);
    case 'model-bias': return makeModelBiasBaseline(task);
    case 'model-quality': return makeModelQualityBaseline(task);
  }
}

/** Labels that came until the window's end are about requests that are older. */
function delayedSpan(window: Window | undefined, labelDelayHours: number): TimeSpan {
  return timeSpan(window && delayedWindow(window, labelDelayHours));
}
