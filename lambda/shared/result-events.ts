import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DetailType, EVENT_SOURCE, ExecutionResult } from '../../lib/contract';

/** Tells the default bus how an execution ended, and of drift when there are violations. */
export async function putResultEvents(eventBridge: EventBridgeClient, result: ExecutionResult): Promise<void> {
  const types = result.violations > 0 ? [DetailType.EXECUTION_COMPLETED, DetailType.DRIFT_DETECTED] : [DetailType.EXECUTION_COMPLETED];
  const { Entries = [], FailedEntryCount = 0 } = await eventBridge.send(new PutEventsCommand({
    Entries: types.map(type => ({ Source: EVENT_SOURCE, DetailType: type, Detail: JSON.stringify(result) })),
  }));
  if (FailedEntryCount > 0) {
    throw new Error(`EventBridge refused events of ${result.execution}: ${Entries.map(entry => entry.ErrorMessage ?? 'accepted').join('; ')}`);
  }
}
