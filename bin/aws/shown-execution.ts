import { Window } from '../../lib/contract';

/** One monitor of one execution. */
export interface ShownExecution {
  /** Absent where the managed service had nothing to analyse. */
  readonly job?: string;
  readonly window: Window;
  readonly monitor: string;
  /** SageMaker's word; of what completed, whether there were violations. */
  readonly status: string;
  readonly failureReason?: string;
  /** Rows analysed; absent until the monitor has reported. */
  readonly rows?: number;
  readonly violations?: number;
}
