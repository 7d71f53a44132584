import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  Cadence, CaptureStoppedAlarm, ExecutionFailedAlarm, ExecutionOverdueAlarm, GroundTruthLateAlarm, Monitor, NoDataAlarm, TooFewRowsAlarm,
} from '../../lib';
import { AlarmFixture } from './alarm-fixture';
import { BASELINE, QUALITY } from './fixture';

const dimensions = (monitor: string) => [{ Name: 'Endpoint', Value: 'churn' }, { Name: 'MonitoringSchedule', Value: `churn-${monitor}` }];

test('too few rows are told from none: the alarm leaves a window without rows as it is', () => {
  const fixture = new AlarmFixture();
  new TooFewRowsAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), minimumRows: 500, actions: fixture.actions });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'Fewer than 500 rows analysed at endpoint churn',
    Namespace: 'aws/sagemaker/Endpoints/data-metrics',
    MetricName: 'records_analysed',
    Dimensions: dimensions('data-quality'),
    Statistic: 'Minimum',
    Period: 3600,
    EvaluationPeriods: 1,
    Threshold: 500,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'ignore',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
  });
});

test('an execution is overdue when no end of one was published for some cadences, nor a deployment', () => {
  const fixture = new AlarmFixture();
  new ExecutionOverdueAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule({ cadence: Cadence.daily() }), actions: fixture.actions });
  const template = fixture.template();
  const counted = (Id: string, MetricName: string) => Match.objectLike({
    Id, ReturnData: false, MetricStat: { Metric: Match.objectLike({ MetricName, Dimensions: dimensions('data-quality') }), Period: 86_400, Stat: 'SampleCount' },
  });
  template.hasResource('AWS::CloudWatch::Alarm', {
    DependsOn: [Match.stringLikeRegexp('^AlarmDeployment')],
    Properties: Match.objectLike({
      AlarmDescription: 'No monitoring execution ended for 2 × 24 h at endpoint churn',
      Metrics: [Match.objectLike({ Expression: 'ended + deployed' }), counted('ended', 'execution_failed'), counted('deployed', 'schedule_deployed')],
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'breaching',
    }),
  });
  template.hasResource('Custom::MonitoringScheduleDeployment', {
    Properties: Match.objectLike({ namespace: 'aws/sagemaker/Endpoints/data-metrics', dimensions: { Endpoint: 'churn', MonitoringSchedule: Match.anyValue() } }),
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ScheduleEngine')]),
  });
});

test('capture has stopped when the endpoint is invoked and nothing is captured, for longer than an execution can take', () => {
  const fixture = new AlarmFixture();
  new CaptureStoppedAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), minimumInvocations: 20, actions: fixture.actions });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'Endpoint churn is invoked, but its traffic is not captured',
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: 'IF(invocations >= 20 AND captured < 1, 1, 0)' }),
      Match.objectLike({
        Id: 'invocations',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SageMaker', MetricName: 'Invocations', Dimensions: [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'AllTraffic' }],
          },
          Period: 3600,
          Stat: 'Sum',
        },
        ReturnData: false,
      }),
      Match.objectLike({
        Id: 'captured',
        MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName: 'records_captured', Dimensions: dimensions('data-quality') }), Period: 3600 }),
      }),
    ]),
    EvaluationPeriods: 4,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test.each([
  [['data-quality', 'model-quality'], 'model-quality', 'model'],
  [['model-bias'], 'model-bias', 'bias'],
])('ground truth is late when few predictions have a label, says the monitor that needs labels (%j)', (types, monitor, namespace) => {
  const fixture = new AlarmFixture();
  new GroundTruthLateAlarm(fixture.stack, 'Alarm', { schedule: fixture.watching(types), minimumShare: 0.8, actions: fixture.actions });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'Fewer than 80 % of the predictions have a label at endpoint churn',
    Namespace: `aws/sagemaker/Endpoints/${namespace}-metrics`,
    MetricName: 'labelled_share',
    Dimensions: dimensions(monitor),
    Statistic: 'Minimum',
    Threshold: 0.8,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'ignore',
  });
});

test('without a data-quality monitor, metrics of an execution are those of the first monitor', () => {
  const fixture = new AlarmFixture();
  const schedule = fixture.watching(['model-bias', 'model-quality']);
  new NoDataAlarm(fixture.stack, 'NoData', { schedule, actions: fixture.actions });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'aws/sagemaker/Endpoints/bias-metrics', MetricName: 'execution_no_data', Dimensions: dimensions('model-bias'),
  });
});

test.each([NoDataAlarm, ExecutionFailedAlarm, TooFewRowsAlarm, ExecutionOverdueAlarm, CaptureStoppedAlarm, GroundTruthLateAlarm])(
  '%p warns when nobody hears of it', (Alarm) => {
    const fixture = new AlarmFixture();
    new Alarm(fixture.stack, 'Alarm', { schedule: fixture.watching(['model-quality']) });
    Annotations.fromStack(fixture.stack).hasWarning('/Test/Alarm', Match.stringLikeRegexp('nobody hears of this alarm.*cdk-model-monitor:alarmWithoutAction'));
  });

describe('fails', () => {
  const six = (fixture: AlarmFixture) => Array.from({ length: 6 }, () => fixture.actions[0]!);

  test('with more actions than an alarm takes', () => {
    const fixture = new AlarmFixture();
    expect(() => new NoDataAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), actions: six(fixture) }))
      .toThrow('an alarm takes at most 5 actions, got 6: let one action, such as new SnsAction(topic), reach the others');
  });

  test.each([0, 1.5, NaN])('with a minimum of %p rows', (minimumRows) => {
    const fixture = new AlarmFixture();
    expect(() => new TooFewRowsAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), minimumRows }))
      .toThrow(`minimumRows must be a whole number above 0, got ${minimumRows}`);
  });

  test.each([
    [Cadence.hourly(), 2, 'cadences must be a whole number from 3 to 168 where each is 1 h, since CloudWatch looks at 7 days, got 2'],
    [Cadence.hourly({ jitter: Duration.minutes(50) }), 3, 'from 4 to 168 where each is 1 h'],
    [Cadence.hourly(), 169, 'from 3 to 168 where each is 1 h, since CloudWatch looks at 7 days, got 169'],
    [Cadence.daily(), 8, 'from 2 to 7 where each is 24 h, since CloudWatch looks at 7 days, got 8'],
    [Cadence.everyHours(6), 1.5, 'from 2 to 28 where each is 6 h, since CloudWatch looks at 7 days, got 1.5'],
  ])('with a silence that cannot be told from an execution that takes long, or that CloudWatch cannot see (%#)', (cadence, cadences, message) => {
    const fixture = new AlarmFixture();
    expect(() => new ExecutionOverdueAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule({ cadence }), cadences })).toThrow(message);
  });

  test('on captures that are looked at when labels have come', () => {
    const fixture = new AlarmFixture();
    const late = Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, labelDelay: Duration.days(30) });
    const schedule = fixture.watching(['model-quality'], { monitors: [late] });
    expect(() => new CaptureStoppedAlarm(fixture.stack, 'Alarm', { schedule }))
      .toThrow('every monitor of the schedule waits for labels, and looks at captures when these have come: watch a schedule whose first monitor waits for none');
  });

  test('with a minimum of no invocations', () => {
    const fixture = new AlarmFixture();
    expect(() => new CaptureStoppedAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), minimumInvocations: 0 }))
      .toThrow('minimumInvocations must be a whole number above 0, got 0');
  });

  test('with a share in per cent, of labels that no monitor needs; both are told', () => {
    const fixture = new AlarmFixture();
    expect(() => new GroundTruthLateAlarm(fixture.stack, 'Alarm', { schedule: fixture.schedule(), minimumShare: 80 }))
      .toThrow(/no monitor of the schedule needs labels: it has data-quality;[^]*minimumShare must be above 0 and at most 1, got 80/);
  });
});
