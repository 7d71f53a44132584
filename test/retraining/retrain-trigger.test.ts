import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  Cadence, ContainerImage, Dataset, DriftAlarm, DriftMetric, EndpointCapture, GroundTruth, ModelData, ModelRegistry, MonitoringSchedule, MonitorType,
  NoDataAlarm, RetrainTrigger, RetrainTriggerProps, TrainingPipeline,
} from '../../lib';
import { RetrainingRequest } from '../../lib/contract';
import { Fixture, IMAGE, joined, MONITORS } from '../monitoring/fixture';
import { nagFindings } from '../nag';

class RetrainFixture extends Fixture {
  public readonly watched: MonitoringSchedule = this.schedule({ cadence: Cadence.everyHours(4) });
  public readonly pipeline: sagemaker.IPipeline = new TrainingPipeline(this.stack, 'Pipeline', {
    image: ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1'),
    trainingData: Dataset.fromBucket(this.bucket, 'training/churn.csv'),
    currentModelData: ModelData.fromBucket(this.bucket, 'models/model.tar.gz'),
    registry: new ModelRegistry(this.stack, 'Registry'),
    bucket: this.bucket,
  });

  public alarms(count: number): DriftAlarm[] {
    return Array.from({ length: count }, (_, index) =>
      new DriftAlarm(this.stack, `Alarm${index}`, { schedule: this.watched, metric: DriftMetric.featureDrift(`f${index}`), threshold: 0.2 }));
  }

  public trigger(props: Partial<RetrainTriggerProps> = {}): RetrainTrigger {
    return new RetrainTrigger(this.stack, 'Retraining', {
      pipeline: this.pipeline,
      schedule: this.watched,
      encryptionKey: this.encryption.key,
      ...props,
      alarms: props.alarms ?? this.alarms(1),
    });
  }
}

interface RuleProperties {
  readonly EventPattern: { readonly resources: unknown[] };
  readonly Targets: { readonly InputTransformer: { readonly InputPathsMap: Record<string, string>; readonly InputTemplate: unknown } }[];
}

function rules(fixture: Fixture): RuleProperties[] {
  return Object.values(fixture.template().findResources('AWS::Events::Rule', { Properties: { EventPattern: { source: ['aws.cloudwatch'] } } }))
    .map(rule => rule.Properties as RuleProperties);
}

test('only the alarm state of its own alarms starts the pipeline', () => {
  const fixture = new RetrainFixture();
  fixture.trigger();
  expect(rules(fixture)).toHaveLength(1);
  fixture.template().hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      'resources': [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Alarm0'), 'Arn'] }],
      'detail': { state: { value: ['ALARM'] } },
    },
    Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
  });
});

test('the handler is told the plan and the alarm, in the words of the contract', () => {
  const fixture = new RetrainFixture();
  fixture.trigger({ cooldown: Duration.hours(6), maximumPer30Days: 3, evidenceParameters: { execution: 'DriftExecution' } });
  const { InputPathsMap: paths, InputTemplate: template } = rules(fixture)[0]!.Targets[0]!.InputTransformer;
  const event: Record<string, string> = { '$.time': '2026-01-01T00:00:00Z', '$.detail.alarmName': 'income', '$.detail.state.value': 'ALARM' };
  const input = joined(template).replace(/<([a-z-]+)>/gi, (whole, name: string) => name in paths ? JSON.stringify(event[paths[name]!]) : whole);
  const request = JSON.parse(input) as RetrainingRequest;
  expect(request).toEqual({
    plan: {
      pipelineName: expect.stringMatching(/^<Pipeline\w+>$/),
      evidence: [{
        latestUri: expect.stringMatching(/^s3:\/\/<\w+>\/monitoring\/churn\/churn-data-quality\/latest\.json$/),
        alarmNames: [expect.stringMatching(/^<Alarm0\w+>$/)],
      }],
      limits: { cooldownSeconds: 21600, maximumPer30Days: 3 },
      parameters: { ModelApprovalStatus: 'PendingManualApproval' },
      evidenceParameters: { execution: 'DriftExecution' },
    },
    alarm: { time: '2026-01-01T00:00:00Z', detail: { alarmName: 'income', state: { value: 'ALARM' } } },
  });
});

test('each drift alarm has the newest result of its own monitor for evidence, every other alarm that of the schedule', () => {
  const fixture = new RetrainFixture();
  const { bucket, stack } = fixture;
  const daily = new MonitoringSchedule(stack, 'Daily', {
    scheduleName: 'daily', cadence: Cadence.daily(), bucket, image: IMAGE, monitors: [MONITORS['model-quality'], MONITORS['model-bias']],
    endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket }), groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
  });
  const drift = (id: string, schedule: MonitoringSchedule, metric: DriftMetric, threshold: number): DriftAlarm =>
    new DriftAlarm(stack, id, { schedule, metric, threshold });
  fixture.trigger({
    alarms: [
      drift('Accuracy', daily, DriftMetric.modelQuality('accuracy'), 0.8),
      drift('Income', fixture.watched, DriftMetric.featureDrift('income'), 0.2),
      drift('Bias', daily, DriftMetric.violations(MonitorType.MODEL_BIAS), 0),
      drift('Recall', daily, DriftMetric.modelQuality('recall'), 0.8),
      new NoDataAlarm(stack, 'NoData', { schedule: daily }),
    ],
  });
  const [recheck] = Object.values(fixture.template().findResources('AWS::Scheduler::Schedule', { Properties: { ScheduleExpression: 'cron(40 0/4 * * ? *)' } }));
  const { plan } = JSON.parse(joined(recheck!.Properties.Target.Input)) as RetrainingRequest;
  expect(plan.evidence.map(({ alarmNames, latestUri }) => [latestUri.split('/').at(-2), alarmNames.map(name => name.slice(1, 5))])).toEqual([
    ['daily-model-quality', ['Accu', 'Reca']], ['churn-data-quality', ['Inco', 'NoDa']], ['daily-model-bias', ['Bias']],
  ]);
});

test('where executions may start later, alarms are looked at again so much later', () => {
  const fixture = new RetrainFixture();
  const schedule = new MonitoringSchedule(fixture.stack, 'Late', {
    endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: fixture.bucket, prefix: 'capture' }),
    monitors: [MONITORS['data-quality']], bucket: fixture.bucket, image: IMAGE, cadence: Cadence.everyHours(4, { jitter: Duration.minutes(90) }),
  });
  fixture.trigger({ schedule, alarms: [new DriftAlarm(fixture.stack, 'Alarm', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.1 })] });
  fixture.template().hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(10 2/4 * * ? *)', FlexibleTimeWindow: { Mode: 'OFF' } });
});

test('alarms are looked at again at the cadence, when the metrics of an execution are there', () => {
  const fixture = new RetrainFixture();
  fixture.trigger();
  const recheck = Object.values(fixture.template().findResources('AWS::Scheduler::Schedule', { Properties: { ScheduleExpression: 'cron(40 0/4 * * ? *)' } }));
  expect(recheck).toHaveLength(1);
  const request = JSON.parse(joined(recheck[0]!.Properties.Target.Input)) as RetrainingRequest;
  expect(request.recheckTime).toBe('<aws.scheduler.scheduled-time>');
  expect(request.plan.limits).toEqual({ cooldownSeconds: 86400, maximumPer30Days: 10 });
  expect(request).not.toHaveProperty('alarm');
});

/** The longest pattern of the rules on alarms, with every token as long as it may become. */
function longestPattern(fixture: RetrainFixture, nameLength: number): number {
  const arn = `arn:aws-us-gov:cloudwatch:us-gov-west-1:123456789012:alarm:${'x'.repeat(nameLength)}`;
  const patterns = rules(fixture).map(({ EventPattern: pattern }) => ({ ...pattern, resources: pattern.resources.map(() => arn) }));
  return Math.max(...patterns.map(pattern => JSON.stringify(pattern).length));
}

/** Alarms whose names are as long as CloudWatch takes. */
function longNamed({ stack, watched }: RetrainFixture, count: number): Alarm[] {
  return Array.from({ length: count }, (_, index) =>
    new Alarm(stack, `Long${index}`, { metric: watched.metricFailed(), threshold: 1, evaluationPeriods: 1, alarmName: `${index}`.padStart(255, 'x') }));
}

test('more alarms than a pattern takes get more rules, and one plan', () => {
  const fixture = new RetrainFixture();
  fixture.trigger({ alarms: fixture.alarms(23) });
  const found = rules(fixture);
  expect(found.map(rule => rule.EventPattern.resources.length)).toEqual([19, 4]);
  for (const rule of found) expect(joined(rule.Targets[0]!.InputTransformer.InputTemplate).match(/<Alarm\d+/g)).toHaveLength(23);
  expect(longestPattern(fixture, 'Test-Alarm100000000-XXXXXXXXXXXXX'.length)).toBeLessThanOrEqual(2048);
});

test('alarms with long names get more rules than those with short ones', () => {
  const fixture = new RetrainFixture();
  fixture.trigger({ alarms: longNamed(fixture, 12) });
  expect(rules(fixture).map(rule => rule.EventPattern.resources.length)).toEqual([5, 5, 2]);
  expect(longestPattern(fixture, 255)).toBeLessThanOrEqual(2048);
});

test('more alarms than an event can name are refused', () => {
  const fixture = new RetrainFixture();
  expect(() => fixture.trigger({ alarms: longNamed(fixture, 24) })).toThrow('24 alarms make an event of up to 8240 characters, at most 8192 are allowed: '
    + 'give some to another RetrainTrigger of the same pipeline, which starts it once all the same');
});

test('the handler may start this pipeline and read this result, nothing else but see alarms', () => {
  const fixture = new RetrainFixture();
  fixture.trigger();
  const policies = fixture.template().findResources('AWS::IAM::Policy');
  const policy = Object.keys(policies).find(id => /^StartOfPipelines\w*HandlerRole/.test(id))!;
  const statements = policies[policy]!.Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[];
  const resourcesOf = (action: string): unknown => statements.find(({ Action }) => [Action].flat().includes(action))?.Resource;
  expect(joined(resourcesOf('cloudwatch:DescribeAlarms'))).toMatch(/:alarm:\*$/);
  expect(joined(resourcesOf('sagemaker:StartPipelineExecution'))).toMatch(/:pipeline\/<Pipeline\w+>$/);
  expect(joined(resourcesOf('s3:GetObject'))).toMatch(/\/churn-data-quality\/latest\.json$/);
  const wide = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('*')).map(({ Action }) => Action);
  expect(wide).toEqual(['cloudwatch:DescribeAlarms']);
});

test('nothing is found by cdk-nag that was not acknowledged', () => {
  const fixture = new RetrainFixture();
  fixture.baseline();
  fixture.trigger();
  expect(nagFindings(fixture.stack)).toEqual([]);
});

test.each([
  ['no alarm', { alarms: [] }, 'alarms is empty: nothing would ever start the pipeline'],
  ['a cooldown of months', { cooldown: Duration.days(31) }, 'cooldown must be at most 30 days, got 31 days'],
  ['no budget', { maximumPer30Days: 0 }, 'maximumPer30Days must be a whole number above 0, got 0'],
])('fails with %s', (_, props, message) => {
  expect(() => new RetrainFixture().trigger(props)).toThrow(message);
});
