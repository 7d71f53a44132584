import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { BaselineFailedAlarm, Monitor } from '../../lib';
import { BASELINE_TYPE, requestOf } from './baseline-request';
import { Fixture } from './fixture';

describe('a baseline that no deployment waits for', () => {
  test('a job may take days, and current.json tells when it is finished', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ waitForCompletion: false, maxRuntime: Duration.days(3) });
    const request = requestOf(fixture.template());
    expect(request).toMatchObject({ continues: true, job: { maxRuntimeInSeconds: 3 * 86_400 } });
    expect(request.watchUri).toBeUndefined();
    expect(fixture.stack.resolve(baseline.currentUri)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Baseline/), 'CurrentUri'] });
    expect([baseline.statisticsUri, baseline.constraintsUri]).toEqual([undefined, undefined]);
  });

  test('it may take a day by default, and no more than five', () => {
    const fixture = new Fixture();
    fixture.baseline({ waitForCompletion: false });
    expect(requestOf(fixture.template()).job.maxRuntimeInSeconds).toBe(86_400);
    expect(() => new Fixture().baseline({ waitForCompletion: false, maxRuntime: Duration.days(6) }))
      .toThrow('maxRuntime must be between 1 and 7200 minutes, got 518400 seconds');
  });

  test('the end of the job is heard: what hears it is there before the job', () => {
    const fixture = new Fixture();
    fixture.baseline({ waitForCompletion: false });
    const { job: { namePrefix } } = requestOf(fixture.template());
    fixture.template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'], 'detail-type': ['SageMaker Processing Job State Change'],
        'detail': { ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'], ProcessingJobName: [{ prefix: `${namePrefix}-` }] },
      },
      Targets: [Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WatchOfBaselines\\w+Queue'), 'Arn'] },
        DeadLetterConfig: Match.anyValue(),
        InputTransformer: { InputPathsMap: { 'detail-ProcessingJobName': '$.detail.ProcessingJobName' }, InputTemplate: '{"jobName":<detail-ProcessingJobName>}' },
      })],
    });
    fixture.template().hasResource(BASELINE_TYPE, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^BaselineChangesJobEnded')]) });
  });

  test('a failure is a metric; one that the deployment waits for has none', () => {
    const fixture = new Fixture();
    const metric = fixture.baseline({ waitForCompletion: false }).metricFailed();
    expect(metric).toMatchObject({ namespace: 'cdk-model-monitor/baselines', metricName: 'baseline_failed', statistic: 'Maximum' });
    expect(metric.dimensions).toEqual({ Baseline: requestOf(fixture.template()).job.namePrefix });
    expect(() => new Fixture().baseline().metricFailed()).toThrow(
      'a job that the deployment waits for fails the deployment, and has no metric: watch the dataset with Dataset.watch, or set waitForCompletion to false',
    );
  });

  test('a failure raises an alarm, which looks back as long as telling of it is tried', () => {
    const fixture = new Fixture();
    const baseline = fixture.baseline({ waitForCompletion: false });
    new BaselineFailedAlarm(fixture.stack, 'Failed', { baseline, actions: [new SnsAction(fixture.encryption.addAlarmTopic('Topic'))] });
    fixture.template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'cdk-model-monitor/baselines', MetricName: 'baseline_failed', Statistic: 'Maximum', Period: 3600, EvaluationPeriods: 3, DatapointsToAlarm: 1,
      Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore',
      AlarmDescription: 'No baseline was made of the newest dataset of Test/Baseline',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    });
  });

  test('an alarm on it that nobody hears of is warned about; one on a job that the deployment waits for is refused', () => {
    const fixture = new Fixture();
    new BaselineFailedAlarm(fixture.stack, 'Failed', { baseline: fixture.baseline({ waitForCompletion: false }) });
    Annotations.fromStack(fixture.stack).hasWarning('/Test/Failed', Match.stringLikeRegexp('nobody hears of this alarm'));
    const other = new Fixture();
    expect(() => new BaselineFailedAlarm(other.stack, 'Failed', { baseline: other.baseline() })).toThrow('a job that the deployment waits for fails the deployment');
  });

  test('executions may look up which baseline is the newest', () => {
    const fixture = new Fixture();
    const schedule = fixture.schedule({ monitors: [Monitor.dataQuality({ baseline: fixture.baseline({ waitForCompletion: false }) })] });
    expect(fixture.request().schedule.monitors[0]!.baseline).toEqual({ currentUri: expect.stringMatching(/^<Baseline\w+\.CurrentUri>$/) });
    expect(schedule.metricBaselinePending()).toMatchObject({ metricName: 'execution_baseline_pending' });
    expect(() => new Fixture().schedule().metricBaselinePending())
      .toThrow('every baseline is there before the schedule, so that none is ever pending: leave this metric out');
  });
});
