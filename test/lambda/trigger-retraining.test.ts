import { ExecutionResult, RetrainingPlan, RetrainingRequest } from '../../lib/contract';
import { Alarm, PipelineExecution } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, execution, latestKey, namespace, result } from './stage';

const QUALITY_KEY = 'reports/churn/churn-daily-model-quality/latest.json';

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  stage.now = new Date('2026-03-01T07:18:00Z');
  stage.aws.sageMaker.pipelines.declare('retrain', ['ModelApprovalStatus', 'Execution', 'Features', 'From', 'To', 'Report']);
  latest({});
  handler = stage.start('trigger-retraining');
});
afterEach(() => stage.close());

const latest = (change: Partial<ExecutionResult>) => stage.aws.s3.put('data', latestKey, JSON.stringify({ ...result, ...change }));
const plan: RetrainingPlan = {
  pipelineName: 'retrain',
  evidence: [
    { latestUri: `s3://data/${latestKey}`, alarmNames: ['income-drift', 'age-drift'] },
    { latestUri: `s3://data/${QUALITY_KEY}`, alarmNames: ['accuracy'] },
  ],
  limits: { cooldownSeconds: 86_400, maximumPer30Days: 3 },
  parameters: { ModelApprovalStatus: 'PendingManualApproval' },
  evidenceParameters: { execution: 'Execution', features: 'Features', windowStart: 'From', windowEnd: 'To', reportUri: 'Report' },
};
const alarmed = (time = '2026-03-01T07:18:00Z', alarmName = 'income-drift'): RetrainingRequest => ({ plan, alarm: { time, detail: { alarmName, state: { value: 'ALARM' } } } });
const recheck = (recheckTime: string): RetrainingRequest => ({ plan, recheckTime });
const executions = (): PipelineExecution[] => stage.aws.sageMaker.pipelines.byName.get('retrain')!.executions;
/** An earlier start of the pipeline. */
const startedAt = (time: string, status: PipelineExecution['status'] = 'Succeeded') => executions().push({
  arn: `arn:aws:sagemaker:eu-west-1:111122223333:pipeline/retrain/execution/${time}`, startTime: new Date(time), parameters: {}, clientRequestToken: time, status,
});

test('an alarm starts the pipeline with its evidence', async () => {
  expect(await handler.invoke(alarmed())).toEqual({ started: true, executionArn: executions()[0]?.arn });
  expect(executions()).toMatchObject([{
    description: 'Data drift detected on income, payment_type: income: mean 67 500 → 82 000 (+21 %); payment_type: new category crypto in 3.1 % of rows',
    displayName: execution,
    parameters: {
      ModelApprovalStatus: 'PendingManualApproval',
      Execution: execution,
      Features: 'income,payment_type',
      From: result.window.start,
      To: result.window.end,
      Report: result.reportUri,
    },
  }]);
  expect(executions()[0]?.clientRequestToken).toMatch(/^[0-9a-f]{64}$/);
});

test('evidence that is not asked for is not passed', async () => {
  await handler.invoke({ ...alarmed(), plan: { ...plan, evidenceParameters: { features: 'Features' } } });
  expect(executions()[0]?.parameters).toEqual({ ModelApprovalStatus: 'PendingManualApproval', Features: 'income,payment_type' });
});

test('long evidence is cut between features, and between explanations', async () => {
  const features = Array.from({ length: 200 }, (_, index) => `a_rather_long_feature_name_${index}`);
  latest({ features, explanations: features.map(feature => `${feature}:\nmean 1 → 2`) });
  await handler.invoke(alarmed());
  const { parameters: { Features: passed = '' }, description } = executions()[0]!;
  expect(passed.length).toBeLessThanOrEqual(1024);
  expect(passed).toMatch(/^a_rather_long_feature_name_0,.*a_rather_long_feature_name_\d+,…$/);
  expect(description!.length).toBeLessThanOrEqual(3072);
  expect(description).toMatch(/^Data drift detected on a_rather.*: mean 1 → 2; …$/);
});

test('a hundred deliveries of both alarms of one window start it once', async () => {
  const other = stage.start('trigger-retraining');
  await Promise.all(Array.from({ length: 100 }, (_, index) =>
    (index % 2 ? handler : other).invoke(alarmed('2026-03-01T07:18:00Z', index % 3 ? 'income-drift' : 'age-drift'))));
  expect(executions()).toHaveLength(1);
  expect(await handler.invoke(alarmed())).toEqual({ started: false, reason: `already started for ${execution}` });
});

test.each([
  ['it is in flight', () => startedAt('2026-02-20T07:00:00Z', 'Executing'), 'in flight: arn:aws:sagemaker:eu-west-1:111122223333:pipeline/retrain/execution/2026-02-20T07:00:00Z has not ended'],
  ['it is stopping', () => startedAt('2026-02-20T07:00:00Z', 'Stopping'), /^in flight/],
  ['it cools down', () => startedAt('2026-02-28T07:18:01Z'), 'cooldown: the last start was at 2026-02-28T07:18:01.000Z, the next may be 86400 s later'],
  ['its budget is spent', () => {
    for (const day of ['05', '10', '15']) startedAt(`2026-02-${day}T07:00:00Z`);
  }, 'budget: 3 starts in 30 days, at most 3 are allowed'],
])('it is not started while %s', async (_what, arrange, reason) => {
  arrange();
  const before = executions().length;
  expect(await handler.invoke(alarmed())).toEqual({ started: false, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });
  expect(executions()).toHaveLength(before);
  expect(handler.log).toContain('pipeline not started');
});

test('a start of 24 hours ago, and those before 30 days, stand in no way', async () => {
  for (const time of ['2026-01-01T00:00:00Z', '2026-01-20T00:00:00Z', '2026-01-30T07:17:00Z', '2026-02-28T07:18:00Z']) startedAt(time);
  expect(await handler.invoke(alarmed())).toMatchObject({ started: true });
});

test('an alarm that is over starts nothing', async () => {
  const alarm = { time: '2026-03-01T07:18:00Z', detail: { alarmName: 'income-drift', state: { value: 'OK' } } };
  expect(await handler.invoke({ plan, alarm })).toEqual({ started: false, reason: 'no alarm is raised' });
});

test('a re-check starts what the cooldown held back, while the alarm is still raised', async () => {
  const alarm: Alarm = {
    name: 'age-drift', metrics: [{ id: 'm1', namespace, metricName: 'm', dimensions: {}, statistic: 'Maximum' }], period: 3600, evaluationPeriods: 1,
    threshold: 0, comparisonOperator: 'GreaterThanOrEqualToThreshold', treatMissingData: 'breaching',
  };
  stage.aws.cloudWatch.putAlarm(alarm);
  expect(await handler.invoke(recheck('2026-03-01T07:40:00Z'))).toEqual({ started: false, reason: 'no alarm is raised' });
  stage.aws.cloudWatch.evaluate();
  startedAt('2026-02-28T12:00:00Z');
  expect(await handler.invoke(recheck('2026-03-01T11:40:00Z'))).toMatchObject({ started: false, reason: expect.stringMatching(/^cooldown/) });
  expect(await handler.invoke(recheck('2026-03-01T12:40:00Z'))).toMatchObject({ started: true });
  expect(await handler.invoke(recheck('2026-03-03T12:40:00Z'))).toEqual({ started: false, reason: `already started for ${execution}` });
});

test('another alarm\'s state does not matter to a re-check', async () => {
  stage.aws.cloudWatch.putAlarm({
    name: 'somebody else\'s', metrics: [{ id: 'm1', namespace, metricName: 'm', dimensions: {}, statistic: 'Maximum' }], period: 3600, evaluationPeriods: 1,
    threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'breaching',
  });
  expect(stage.aws.cloudWatch.evaluate()).toHaveLength(1);
  expect(await handler.invoke(recheck('2026-03-01T07:40:00Z'))).toEqual({ started: false, reason: 'no alarm is raised' });
});

describe('with alarms of two monitors', () => {
  const quality: ExecutionResult = {
    ...result, monitor: 'churn-daily-model-quality', schedule: 'churn-daily', execution: 'churn-daily-5e6f7a8b-2026030100-1',
    features: ['accuracy'], explanations: ['accuracy: 95 % → 72 %'], reportUri: 's3://data/reports/churn/churn-daily-model-quality/2026/03/01/00',
  };
  const raise = (name: string): void => {
    stage.aws.cloudWatch.putAlarm({
      name, metrics: [{ id: 'm1', namespace, metricName: 'm', dimensions: {}, statistic: 'Maximum' }], period: 3600, evaluationPeriods: 1,
      threshold: 0, comparisonOperator: 'GreaterThanOrEqualToThreshold', treatMissingData: 'breaching',
    });
  };
  beforeEach(() => {
    stage.aws.s3.put('data', QUALITY_KEY, JSON.stringify(quality));
  });

  test('each starts the pipeline with the evidence of its own, once', async () => {
    expect(await handler.invoke(alarmed('2026-03-01T07:18:00Z', 'accuracy'))).toMatchObject({ started: true });
    expect(executions()).toMatchObject([{
      displayName: quality.execution,
      description: 'Model quality drift detected on accuracy: accuracy: 95 % → 72 %',
      parameters: { Features: 'accuracy', Report: quality.reportUri },
    }]);
    expect(await handler.invoke(alarmed('2026-03-01T07:19:00Z', 'accuracy'))).toEqual({ started: false, reason: `already started for ${quality.execution}` });
    expect(await handler.invoke(alarmed('2026-03-03T07:18:00Z', 'income-drift'))).toMatchObject({ started: false, reason: expect.stringMatching(/^in flight/) });
    executions()[0]!.status = 'Succeeded';
    expect(await handler.invoke(alarmed('2026-03-03T07:18:00Z', 'income-drift'))).toMatchObject({ started: true });
    expect(executions().map(({ displayName }) => displayName)).toEqual([quality.execution, execution]);
  });

  test('a re-check takes that of the alarm that is raised, and of several the first that was not acted on', async () => {
    raise('accuracy');
    stage.aws.cloudWatch.evaluate();
    expect(await handler.invoke(recheck('2026-03-01T07:40:00Z'))).toMatchObject({ started: true });
    expect(executions()).toMatchObject([{ displayName: quality.execution }]);
    executions()[0]!.status = 'Succeeded';
    raise('income-drift');
    stage.aws.cloudWatch.evaluate();
    expect(await handler.invoke(recheck('2026-03-04T07:40:00Z'))).toMatchObject({ started: true });
    executions()[1]!.status = 'Succeeded';
    expect(executions().map(({ displayName }) => displayName)).toEqual([quality.execution, execution]);
    expect(await handler.invoke(recheck('2026-03-07T07:40:00Z'))).toEqual({ started: false, reason: `already started for ${quality.execution}` });
  });
});

test('without any result there is nothing to train for', async () => {
  expect(await handler.invoke({ ...alarmed(), plan: { ...plan, evidence: [{ latestUri: 's3://data/none/latest.json', alarmNames: ['income-drift'] }] } }))
    .toEqual({ started: false, reason: 's3://data/none/latest.json does not exist: no execution has completed yet' });
});

test('a parameter that the pipeline does not declare is an error that says which', async () => {
  await expect(handler.invoke({ ...alarmed(), plan: { ...plan, parameters: { Colour: 'red' } } })).rejects.toThrow('Unknown parameters: [Colour]');
});

test('a pipeline that does not exist is an error, not a refusal', async () => {
  await expect(handler.invoke({ ...alarmed(), plan: { ...plan, pipelineName: 'gone' } })).rejects.toThrow('pipeline/gone');
});

test('a conflicting start counts as started already', async () => {
  stage.aws.failNext('sagemaker:StartPipelineExecution', { code: 'ConflictException', message: 'other parameters' });
  expect(await handler.invoke(alarmed())).toEqual({ started: false, reason: `already started for ${execution}` });
});

test('a request that is neither alarm nor re-check is refused in words', async () => {
  await expect(handler.invoke({ plan })).rejects.toThrow('must have either alarm or recheckTime');
  await expect(handler.invoke({ ...alarmed(), plan: { ...plan, evidence: [{ latestUri: 's3://data/latest.json', alarmNames: [] }] } }))
    .rejects.toThrow(/the retraining request is not as expected:[^]*at plan\.evidence\[0\]\.alarmNames/);
});
