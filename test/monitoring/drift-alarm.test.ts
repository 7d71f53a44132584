import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Cadence, DataQualityCheck, DriftAlarm, DriftMetric, ExecutionFailedAlarm, NoDataAlarm } from '../../lib';
import { Fixture } from './fixture';

test('one execution above the threshold raises the alarm, and missing data changes nothing', () => {
  const fixture = new Fixture();
  const topic = fixture.encryption.addAlarmTopic('Topic');
  const schedule = fixture.schedule({ cadence: Cadence.daily() });
  new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2, actions: [new SnsAction(topic)] });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: Match.absent(),
    AlarmDescription: 'Data drift detected on income: distance from the baseline above 0.2 at endpoint churn',
    Namespace: 'aws/sagemaker/Endpoints/data-metrics',
    MetricName: 'feature_baseline_drift_income',
    Dimensions: [{ Name: 'Endpoint', Value: 'churn' }, { Name: 'MonitoringSchedule', Value: 'churn-data-quality' }],
    Statistic: 'Maximum',
    Period: 86400,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    Threshold: 0.2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'ignore',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
  });
});

test.each([
  [DriftMetric.featureMeanShift('income'), 'feature_relative_mean_shift_income', 0.5],
  [DriftMetric.maximumDrift(), 'baseline_drift_max', 0],
  [DriftMetric.violations(), 'violations', 0],
  [DriftMetric.checkViolations(DataQualityCheck.DATA_TYPE), 'violations_data_type_check', 3],
])('an alarm can watch other measures than the distance of a feature (%#)', (metric, MetricName, threshold) => {
  const fixture = new Fixture();
  const schedule = fixture.schedule();
  new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric, threshold, statistic: 'Average' });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold: threshold, Statistic: 'Average', Period: 3600 });
});

test('an alarm that nobody hears of is warned about', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule();
  new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.1 });
  Annotations.fromStack(fixture.stack).hasWarning('/Test/Alarm', Match.stringLikeRegexp('nobody hears of this alarm.*cdk-model-monitor:alarmWithoutAction'));
});

test('a window without traffic and a failed execution have alarms of their own', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule();
  const actions = [new SnsAction(fixture.encryption.addAlarmTopic('Topic'))];
  new NoDataAlarm(fixture.stack, 'NoData', { schedule, actions });
  new ExecutionFailedAlarm(fixture.stack, 'Failed', { schedule, actions });
  for (const MetricName of ['execution_no_data', 'execution_failed']) {
    fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold' });
  }
});

describe('fails', () => {
  test.each([
    [DriftMetric.featureDrift('income'), 1, 'the threshold of a distance must be from 0 to below 1, got 1'],
    [DriftMetric.maximumDrift(), -0.1, 'the threshold of a distance must be from 0 to below 1, got -0.1'],
    [DriftMetric.featureMeanShift('income'), 0, 'the threshold of a mean\'s shift must be above 0, got 0'],
    [DriftMetric.violations(), 0.5, 'the threshold of a count must be a whole number from 0, got 0.5'],
  ])('with a threshold out of bounds (%#)', (metric, threshold, message) => {
    const fixture = new Fixture();
    const schedule = fixture.schedule();
    expect(() => new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric, threshold })).toThrow(message);
  });
});
