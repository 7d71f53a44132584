import { PipelineExecutionSummary } from '@aws-sdk/client-sagemaker';
import { RetrainingLimits } from '../../lib/contract';

/** Days that the budget of starts is for. */
export const BUDGET_DAYS = 30;

/**
 * Why a pipeline is not to be started now; undefined when it may.
 *
 * @param earlier its executions of the last 30 days, newest first
 * @param execution the monitoring execution that found drift
 */
export function refusal(
  { cooldownSeconds, maximumPer30Days }: RetrainingLimits, earlier: readonly PipelineExecutionSummary[], execution: string, now: Date,
): string | undefined {
  if (earlier.some(({ PipelineExecutionDisplayName }) => PipelineExecutionDisplayName === execution)) return `already started for ${execution}`;
  const inFlight = earlier.find(({ PipelineExecutionStatus: status }) => status === 'Executing' || status === 'Stopping');
  if (inFlight) return `in flight: ${inFlight.PipelineExecutionArn ?? 'an execution'} has not ended`;
  const last = earlier[0]?.StartTime;
  if (last && now.getTime() - last.getTime() < cooldownSeconds * 1000) {
    return `cooldown: the last start was at ${last.toISOString()}, the next may be ${cooldownSeconds} s later`;
  }
  if (earlier.length >= maximumPer30Days) return `budget: ${earlier.length} starts in ${BUDGET_DAYS} days, at most ${maximumPer30Days} are allowed`;
  return undefined;
}
