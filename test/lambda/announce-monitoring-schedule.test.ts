import { HandlerProcess } from './handler-process';
import { Stage } from './stage';

const metric = {
  namespace: 'aws/sagemaker/Endpoints/data-metrics',
  metricName: 'schedule_deployed',
  dimensions: { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-data-quality' },
};

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  stage.now = new Date();
  await stage.open();
  handler = stage.start('announce-monitoring-schedule');
});
afterEach(() => stage.close());

/** The event as the CDK's provider framework hands it over. */
const event = (RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}) => ({
  RequestType,
  RequestId: '5d5b5f9c',
  LogicalResourceId: 'ExecutionOverdueDeployment',
  ResourceType: 'Custom::MonitoringScheduleDeployment',
  ...RequestType !== 'Create' && { PhysicalResourceId: 'churn-hourly-data-quality-deployed' },
  ResourceProperties: { ServiceToken: 'arn', namespace: metric.namespace, dimensions: metric.dimensions, ...properties },
});

test.each(['Create', 'Update'] as const)('at %s, the deployment is one sample of its metric, and waited for until CloudWatch knows of it', async (type) => {
  expect(await handler.invoke(event(type), { entry: 'isComplete' })).toEqual({ IsComplete: false });
  expect(await handler.invoke(event(type), { entry: 'onEvent' })).toEqual({ PhysicalResourceId: 'churn-hourly-data-quality-deployed' });
  expect(stage.aws.cloudWatch.data(metric)).toEqual([{ sum: 1, minimum: 1, maximum: 1, sampleCount: 1, timestamp: stage.now }]);
  expect(await handler.invoke(event(type), { entry: 'isComplete' })).toEqual({ IsComplete: true });
});

test('a deployment of long ago is none of now', async () => {
  stage.now = new Date(Date.now() - 2 * 3_600_000);
  await handler.invoke(event('Create'), { entry: 'onEvent' });
  stage.now = new Date();
  expect(await handler.invoke(event('Create'), { entry: 'isComplete' })).toEqual({ IsComplete: false });
});

test('a deletion tells nothing', async () => {
  expect(await handler.invoke(event('Delete'), { entry: 'onEvent' })).toEqual({ PhysicalResourceId: 'churn-hourly-data-quality-deployed' });
  expect(await handler.invoke(event('Delete'), { entry: 'isComplete' })).toEqual({ IsComplete: true });
  expect(stage.aws.calls).toEqual([]);
});

test('a deployment that is not described is told field by field', async () => {
  await expect(handler.invoke(event('Create', { dimensions: { Endpoint: 'churn' } }), { entry: 'onEvent' })).rejects.toThrow(/the deployment of a schedule is not as expected:[^]*dimensions\.MonitoringSchedule/);
});
