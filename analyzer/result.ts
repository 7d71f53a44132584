import { ExecutionSummary } from '../lib/contract';
import { MonitorTask } from './task';
import { Findings } from './window-monitor';

/** What a monitor found, and the task that it did. */
export interface Result {
  readonly task: MonitorTask;
  readonly findings: Findings;
  readonly summary: ExecutionSummary;
}
