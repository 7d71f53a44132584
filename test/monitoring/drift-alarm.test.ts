import { CfnParameter } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  BiasMetric, Cadence, DataQualityCheck, DriftAlarm, DriftMetric, ExecutionFailedAlarm, Facet, Monitor, MonitorType, NoDataAlarm, PositiveLabel,
  QualityMetric,
} from '../../lib';
import { MONITOR_TYPES } from '../../lib/contract';
import { ANALYSIS_BASELINE, BIAS, Fixture } from './fixture';

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

const SEX = Facet.values('sex', ['f']);

test.each([
  [DriftMetric.modelQuality(QualityMetric.ACCURACY), 0.8, 'LessThanThreshold', 'Minimum', 'accuracy', 'Model quality drift detected: accuracy below 0.8 at endpoint churn'],
  [DriftMetric.modelQuality('r2'), 0.5, 'LessThanThreshold', 'Minimum', 'r2', 'Model quality drift detected: r2 below 0.5 at endpoint churn'],
  [DriftMetric.modelQuality('rmse'), 12.5, 'GreaterThanThreshold', 'Maximum', 'rmse', 'Model quality drift detected: rmse above 12.5 at endpoint churn'],
  [DriftMetric.modelQuality('false_negative_rate'), 0.1, 'GreaterThanThreshold', 'Maximum', 'false_negative_rate',
    'Model quality drift detected: false_negative_rate above 0.1 at endpoint churn'],
  [DriftMetric.bias(BiasMetric.DI, SEX), 0.8, 'LessThanThreshold', 'Minimum', 'bias_metric_DI', 'Bias drift detected: DI of sex=f below 0.8 at endpoint churn'],
  [DriftMetric.bias('DPL', SEX), 0.2, 'GreaterThanThreshold', 'Maximum', 'bias_metric_DPL', 'Bias drift detected: DPL of sex=f above 0.2 at endpoint churn'],
  [DriftMetric.attributionDrift(), 0.9, 'LessThanThreshold', 'Minimum', 'feature_attribution_ndcg',
    'Feature attribution drift detected: likeness of the features\' ranking to the baseline\'s below 0.9 at endpoint churn'],
  [DriftMetric.violations(MonitorType.MODEL_BIAS), 0, 'GreaterThanThreshold', 'Maximum', 'violations', 'Bias drift detected: violations of the baseline above 0 at endpoint churn'],
])('an alarm is raised on the side on which the model is worse (%#)', (metric, Threshold, ComparisonOperator, Statistic, MetricName, AlarmDescription) => {
  const fixture = new Fixture();
  const schedule = fixture.watching(MONITOR_TYPES);
  new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric, threshold: Threshold });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold, ComparisonOperator, Statistic, AlarmDescription });
});

test('an alarm on a group above a threshold names it by the threshold alone', () => {
  const fixture = new Fixture();
  const older = Facet.above('age', 40);
  const bias = Monitor.modelBias({ baseline: ANALYSIS_BASELINE, label: 'income', positiveLabel: PositiveLabel.above(50_000), facets: [older] });
  const schedule = fixture.watching(['model-bias'], { monitors: [bias] });
  new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric: DriftMetric.bias('DI', older), threshold: 0.8 });
  fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'Bias drift detected: DI of age > 40 below 0.8 at endpoint churn',
    Dimensions: Match.arrayWith([{ Name: 'FacetValue', Value: 'above 40' }, { Name: 'LabelValue', Value: 'above 50000' }]),
  });
  expect(() => schedule.metricBias('DI', Facet.above('age', 50))).toThrow('the group age > 50 is not analysed: the facets are age > 40');
});

test('a threshold that only the deployment knows names no metric', () => {
  const fixture = new Fixture();
  const older = Facet.above('age', new CfnParameter(fixture.stack, 'Age', { type: 'Number' }).valueAsNumber);
  const schedule = fixture.watching(['model-bias'], { monitors: [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, facets: [older] })] });
  expect(() => schedule.metricBias('DI', older)).toThrow('the metric\'s dimensions name the group of age, which is known only when the stack is deployed: give the value itself');
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
    [DriftMetric.modelQuality('accuracy'), 80, 'the threshold of accuracy must be above 0 and below 1, got 80; 0.8 is 80 %'],
    [DriftMetric.modelQuality('mae'), 0, 'the threshold of mae must be above 0, got 0'],
    [DriftMetric.modelQuality('r2'), 2, 'the threshold of r2 must be at most 1, got 2'],
    [DriftMetric.modelQuality('acuracy'), 0.8, 'there is no quality metric "acuracy": the metrics are accuracy, recall'],
    [DriftMetric.bias('DI', SEX), 0, 'the threshold of a ratio must be above 0, got 0; 0.8 is the four-fifths rule'],
    [DriftMetric.bias('AD', SEX), NaN, 'the threshold of a bias metric must be a number, got NaN'],
    [DriftMetric.attributionDrift(), 1.1, 'the threshold of nDCG must be above 0 and at most 1, got 1.1'],
    [DriftMetric.bias('DIR', SEX), 0.8, 'there is no bias metric "DIR": the metrics are CI, DPL'],
    [DriftMetric.bias('DI', Facet.values('age', ['1'])), 0.8, 'the group age=1 is not analysed: the facets are sex=f'],
    [DriftMetric.bias('DI', Facet.values('sex', ['m'])), 0.8, 'the group sex=m is not analysed: the facets are sex=f'],
    [DriftMetric.bias('DI', Facet.eachValue('sex')), 0.8,
      'the metric\'s dimensions name the group of sex, and of Facet.eachValue only the data know which groups there are: name one, such as Facet.values'],
  ])('with a threshold out of bounds (%#)', (metric, threshold, message) => {
    const fixture = new Fixture();
    const schedule = fixture.watching(MONITOR_TYPES);
    expect(() => new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric, threshold })).toThrow(message);
  });

  test.each([
    [DriftMetric.modelQuality('accuracy'), 'the metric accuracy is of a model-quality monitor, and the monitors are data-quality: add one to monitors'],
    [DriftMetric.bias('DI', SEX), 'the metric bias_metric_DI is of a model-bias monitor'],
    [DriftMetric.attributionDrift(), 'is of a model-explainability monitor'],
  ])('on a metric that no monitor of the schedule publishes (%#)', (metric, message) => {
    const fixture = new Fixture();
    const schedule = fixture.schedule();
    expect(() => new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric, threshold: 0.8 })).toThrow(message);
  });
});
