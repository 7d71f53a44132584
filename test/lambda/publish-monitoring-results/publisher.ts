import { HandlerProcess } from '../handler-process';
import { Stage } from '../stage';

/** Another one for each test. */
export let stage: Stage;
export let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  stage.now = new Date('2026-03-01T07:17:30Z');
  handler = stage.start('publish-monitoring-results');
});
afterEach(() => stage.close());

/** What was told, in order. */
export const types = () => stage.aws.eventBridge.events.map(sent => sent['detail-type']);
