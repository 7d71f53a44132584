import { ScheduleState } from './managed-schedule';

/** What has to be so for CloudFormation to go on. */
export type Goal = 'idle' | 'scheduled' | 'stopped';

/** One step toward it. */
export type GuardStep = 'done' | 'wait' | 'start' | 'stop';

/**
 * The goal of a guard that CloudFormation changes before the schedule, and deletes after it, or the other way round; `undefined` when it has none.
 */
export function goalOf(request: 'Create' | 'Update' | 'Delete', moment: 'before' | 'after'): Goal | undefined {
  if (moment === 'before') return request === 'Update' ? 'idle' : undefined;
  return request === 'Delete' ? 'stopped' : 'scheduled';
}

/**
 * The next step. It follows from what is, not from what was done, so that a repeated or a lost call changes nothing.
 *
 * @throws Error with the service's reason when the schedule has failed, which CloudFormation alone would not tell.
 */
export function nextStep(goal: Goal, { name, status, failureReason, isExecuting }: ScheduleState): GuardStep {
  if (status === undefined) return 'done';
  if (status === 'Pending') return 'wait';
  switch (goal) {
    case 'scheduled':
      if (status === 'Failed') throw new Error(`monitoring schedule ${name} has failed: ${failureReason ?? 'SageMaker gives no reason'}`);
      return status === 'Stopped' ? 'start' : 'done';
    case 'stopped':
      if (status === 'Scheduled') return 'stop';
      return isExecuting ? 'wait' : 'done';
    case 'idle':
      // Stopped, it begins no other execution while one ends; started again before the update, it is not left stopped when that is rolled back.
      if (isExecuting) return status === 'Scheduled' ? 'stop' : 'wait';
      return status === 'Stopped' ? 'start' : 'done';
  }
}
