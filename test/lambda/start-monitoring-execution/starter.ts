import { StartRequest } from '../../../lib/contract';
import { HandlerProcess } from '../handler-process';
import { schedule, Stage } from '../stage';

/** Another one for each test. */
export let stage: Stage;
export let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('start-monitoring-execution');
});
afterEach(() => stage.close());

/** For the hour from six to seven. */
export const request: StartRequest = { scheduledTime: '2026-03-01T07:10:00Z', schedule };
export const succeeded = { batchItemFailures: [] };
export const failed = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

/** Writes capture files of that day. */
export function capture(...names: string[]): void {
  for (const name of names) stage.aws.s3.put('data', `capture/churn/AllTraffic/2026/03/01/${name}.jsonl`, '{}');
}
