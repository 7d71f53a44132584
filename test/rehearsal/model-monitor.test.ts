import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib';
import { readConfig } from '../../bin/config';
import { ModelMonitoringStack, MonitoringEngine } from '../../lib';
import { CustomResources } from '../../rehearsal/player/custom-resources';
import { Bus } from '../../rehearsal/player/bus';
import { EmptyExecution, ModelMonitor } from '../../rehearsal/player/model-monitor/model-monitor';
import { ModelEndpoint } from '../../rehearsal/player/model-endpoint';
import { Processing } from '../../rehearsal/player/processing';
import { Stage } from '../../rehearsal/player/stage';
import { MutableTemplate, resource, SampleAssembly } from './sample-assembly';

const sample = new SampleAssembly(readConfig('config/churn.json'), MonitoringEngine.modelMonitor());

afterAll(() => {
  sample.remove();
});

/** Takes an action away from a role; without another, from that of the definition's jobs. */
function without(template: MutableTemplate, action: string, role = /^ScheduleJobRole/): void {
  const statements = Object.entries(template.Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && role.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[])
    .filter(({ Action }) => [Action].flat().includes(action));
  expect(statements).not.toEqual([]);
  for (const statement of statements) statement.Action = [...[statement.Action].flat().filter(name => name !== action), 'none:Nothing'];
}

test('the loop closes behind the managed service: drift raises the alarms that it can feed, and starts one execution', async () => {
  const handlers = new Set<string>();
  const outcome = await sample.play({ observe: (event) => { if (event.type === 'handler') handlers.add(event.name); } });

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.alarms.flatMap(({ metricName }) => metricName ?? []).sort()).toEqual([
    'baseline_drift_max', 'feature_baseline_drift_income', 'feature_relative_mean_shift_income',
    'violations_categorical_values_check', 'violations_completeness_check', 'violations_data_type_check',
  ]);
  expect(outcome.pipelineStarts).toHaveLength(1);
  expect(outcome.pipelineStarts[0]!.parameters.DriftExecution).toMatch(/^data-quality-monitoring-202601051000-[0-9a-f]{24}$/);
  expect(outcome.hours.map(({ status }) => status)).toEqual(['Completed', 'CompletedWithViolations']);
  expect(handlers).toEqual(new Set(['announce-monitoring-schedule', 'baseline-job', 'guard-monitoring-schedule', 'publish-monitoring-results', 'trigger-retraining']));
  expect(outcome.calls.allowed).toBe(outcome.calls.made);
});

test('the alarms that the rehearsal cannot hear are those that synthesis has warned of', async () => {
  const engine = MonitoringEngine.modelMonitor();
  const stack = new ModelMonitoringStack(new App(), 'ModelMonitoring', { config: readConfig('config/churn.json'), engine });
  const warned = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('tell nothing of'))
    .map(({ entry }) => /tell nothing of (\w+)/.exec(entry.data as string)![1]!);

  const { notPlayed } = await sample.play({ plan: { calmHours: 0, planted: [] }, hours: 1 });

  const silent = notPlayed.flatMap(what => /^alarm on (\w+), which Model Monitor does not measure/.exec(what)?.[1] ?? []);
  // That there was data is told of each job; that there was none, of no job.
  expect([...silent, 'execution_no_data'].sort()).toEqual(warned.sort());
});

test('an hour without traffic starts no job, and nobody tells of it', async () => {
  const details: string[] = [];
  const outcome = await sample.play({
    hours: 3, quietHours: [1], plan: { calmHours: 0, planted: [] }, observe: (event) => { if (event.type === 'event') details.push(event.detailType); },
  });

  expect(outcome.broken?.message).toBeUndefined();
  expect(outcome.hours.map(({ status, captured }) => [status, captured > 900])).toEqual([['Completed', true], ['NoData', false], ['Completed', true]]);
  expect(details).toEqual(Array(2).fill('Model Monitoring Execution Completed'));
  expect(outcome.alarms).toEqual([]);
});

test.each<[string, (template: MutableTemplate) => void, RegExp]>([
  ['the job may not read what was captured', (template) => { without(template, 's3:GetObject'); },
    /^Processing job data-quality-monitoring-202601050900-\w{24} → S3: .*ScheduleJobRole.* s3:GetObject/s],
  ['the service may not publish metrics in the name of the role', (template) => { without(template, 'cloudwatch:PutMetricData'); },
    /^Processing job data-quality-monitoring-\S+ → metrics: .*ScheduleJobRole.* cloudwatch:PutMetricData/s],
  ['the guard may not look at the schedule',
    (template) => { without(template, 'sagemaker:DescribeMonitoringSchedule', /^GuardsOfSchedules/); },
    /^guard-monitoring-schedule → sagemaker: .*sagemaker:DescribeMonitoringSchedule on arn:aws:sagemaker:us-east-1:\d+:monitoring-schedule\//s],
  ['the definition publishes no metrics',
    (template) => { resource(template, 'AWS::SageMaker::DataQualityJobDefinition').properties.DataQualityAppSpecification.Environment = {}; },
    /^metric → .*: nobody publishes feature_baseline_drift_income/],
  ['an execution fails',
    (template) => {
      const { DataQualityAppSpecification: app } = resource(template, 'AWS::SageMaker::DataQualityJobDefinition').properties;
      app.Environment.baseline_constraints = '/opt/ml/processing/elsewhere.json';
    },
    /^Processing job → reports: the execution up to 2026-01-05T09:00:00.000Z failed: Failed: the baseline constraints were not found at .*elsewhere/],
  ['a script of one\'s own',
    (template) => {
      const { DataQualityAppSpecification: app } = resource(template, 'AWS::SageMaker::DataQualityJobDefinition').properties;
      app.RecordPreprocessorSourceUri = 's3://scripts/mine.py';
    },
    /^assembly → rehearsal: .*the script s3:\/\/scripts\/mine\.py, which the service's container would run/s],
  ['no job definition',
    (template) => { resource(template, 'AWS::SageMaker::MonitoringSchedule').properties.MonitoringScheduleConfig.MonitoringJobDefinitionName = 'gone'; },
    /^assembly → rehearsal: .*a monitoring schedule whose job definition is not in the assembly: gone/s],
])('%s: the loop is broken at that arrow', async (_, mutate, arrow) => {
  const { broken } = await sample.play({ assembly: sample.mutated(mutate), hours: 1, plan: { calmHours: 0, planted: [] } });

  expect(`${broken?.arrow}: ${broken?.reason}`).toMatch(arrow);
});

describe('the service by itself', () => {
  const NINE = new Date('2026-01-05T09:00:00Z');
  let stage: Stage;
  let endpoint: ModelEndpoint;
  let service: ModelMonitor;
  let empty: EmptyExecution[];

  beforeAll(async () => {
    stage = await Stage.open(sample.folder, new Date('2026-01-05T07:15:00Z'), () => undefined);
    for (const bucket of stage.deployment.resources('AWS::S3::Bucket')) stage.aws.s3.createBucket(stage.deployment.physical(bucket).name);
    endpoint = new ModelEndpoint(stage, undefined);
    service = new ModelMonitor(stage, new Processing(stage, new Bus(stage), endpoint, []), endpoint, (execution) => { empty.push(execution); });
    await new CustomResources(stage).deploy(service);
  });
  beforeEach(() => {
    empty = [];
  });
  afterAll(async () => {
    await endpoint.close();
    await stage.close();
  });

  const jobs = (): string[] => [...stage.aws.sageMaker.jobs.byName.keys()].filter(name => name.startsWith('data-quality-monitoring'));
  const call = (operation: string): unknown => stage.aws.sageMaker.operations[operation]!.run({ MonitoringScheduleName: service.schedules[0]!.name });

  test('an execution that finds nothing has failed, without a job', async () => {
    service.wind(service.between(new Date('2026-01-05T08:30:00Z'), new Date('2026-01-05T09:30:00Z')));
    await stage.timeline.runUntil(new Date('2026-01-05T09:30:00Z'));

    expect(empty.map(({ window }) => window)).toEqual([{ start: '2026-01-05T08:00:00.000Z', end: NINE.toISOString() }]);
    expect(call('ListMonitoringExecutions')).toMatchObject({ MonitoringExecutionSummaries: [{
      MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data', ScheduledTime: NINE.getTime() / 1000, ProcessingJobArn: undefined,
    }] });
    expect(jobs()).toEqual([]);
  });

  test('a schedule that is stopped starts nothing', async () => {
    call('StopMonitoringSchedule');

    service.wind(service.between(new Date('2026-01-05T09:30:00Z'), new Date('2026-01-05T11:30:00Z')));
    await stage.timeline.runUntil(new Date('2026-01-05T11:30:00Z'));

    expect(empty).toEqual([]);
    expect(jobs()).toEqual([]);
  });
});
