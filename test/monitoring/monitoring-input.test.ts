import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CaptureStoppedAlarm, DriftAlarm, DriftMetric, EndpointCapture, ExecutionOverdueAlarm, MonitoringDashboard, MonitoringEngine, MonitoringInput,
  MonitoringSchedule, MonitoringScheduleProps, NoDataAlarm,
} from '../../lib';
import { StartRequest } from '../../lib/contract';
import { Fixture, joined } from './fixture';

const KEY_ARN = 'arn:aws:kms:eu-west-1:444455556666:key/k';

function theirBucket(stack: Stack): s3.IBucket {
  return s3.Bucket.fromBucketAttributes(stack, 'Theirs', {
    bucketArn: 'arn:aws:s3:::theirs', account: '444455556666', encryptionKey: kms.Key.fromKeyArn(stack, 'TheirKey', KEY_ARN),
  });
}

function watching(fixture: Fixture, input: MonitoringInput, props: Partial<MonitoringScheduleProps> = {}): MonitoringSchedule {
  return fixture.schedule({ endpoint: undefined, input, ...props });
}

function captureOf(fixture: Fixture): StartRequest['schedule']['capture'] {
  const [schedule] = Object.values(fixture.template().findResources('AWS::Scheduler::Schedule'));
  return (JSON.parse(joined(schedule!.Properties.Target.Input)) as StartRequest).schedule.capture;
}

describe('records that no endpoint captured', () => {
  test('in a bucket of another account are asked of that account, read with its key, and reported under the schedule\'s name', () => {
    const fixture = new Fixture();
    watching(fixture, MonitoringInput.captures({ bucket: theirBucket(fixture.stack), prefix: 'records' }));
    expect(captureOf(fixture)).toEqual({ uri: 's3://theirs/records', bucketOwner: '444455556666' });
    const statements = Object.values(fixture.template().findResources('AWS::IAM::Policy'))
      .map(({ Properties }) => Properties.PolicyDocument.Statement as { Action: unknown; Resource: unknown }[]);
    const readers = statements.filter(policy => policy.some(({ Resource }) => JSON.stringify(Resource).includes(':s3:::theirs/records/*')));
    expect(readers).toHaveLength(2);
    for (const policy of readers) expect(policy).toContainEqual({ Action: 'kms:Decrypt', Effect: 'Allow', Resource: expect.anything() });
    fixture.template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({
        Action: 's3:PutObject', Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/monitoring/churn-data-quality/\\*$')])] },
      })]) },
    });
  });

  test('in a bucket of this account are asked of nobody', () => {
    const fixture = new Fixture();
    watching(fixture, MonitoringInput.captures({ bucket: fixture.bucket }));
    expect(captureOf(fixture)).toEqual({ uri: expect.stringMatching(/^s3:\/\/<\w+>$/) });
  });

  test('have metrics, alarms and a dashboard without an endpoint', () => {
    const fixture = new Fixture();
    const schedule = watching(fixture, MonitoringInput.captures({ bucket: fixture.bucket, prefix: 'records' }));
    new DriftAlarm(fixture.stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
    new NoDataAlarm(fixture.stack, 'NoData', { schedule });
    new ExecutionOverdueAlarm(fixture.stack, 'Overdue', { schedule });
    new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule] });
    expect(schedule.endpointName).toBeUndefined();
    fixture.template().allResourcesProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'aws/sagemaker/ModelMonitoring/data-metrics', Dimensions: [{ Name: 'MonitoringSchedule', Value: 'churn-data-quality' }],
    });
    expect(Object.values(fixture.template().findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmDescription as string)).toEqual([
      'Data drift detected on income: distance from the baseline above 0.2 in schedule churn',
      'No traffic captured in schedule churn',
      'No monitoring execution ended for 3 × 1 h in schedule churn',
    ]);
    const [dashboard] = Object.values(fixture.template().findResources('AWS::CloudWatch::Dashboard'));
    const body = joined(dashboard!.Properties.DashboardBody);
    expect(body).toContain('## Schedule churn');
    expect(body).toContain('ModelMonitoring/data-metrics');
    expect(body).not.toMatch(/Invocations|undefined|Endpoint=/);
  });
});

test('the captures of an endpoint in another account are asked of that account', () => {
  const fixture = new Fixture();
  fixture.schedule({ endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: theirBucket(fixture.stack), prefix: 'capture' }) });
  expect(captureOf(fixture)).toEqual({ uri: 's3://theirs/capture', endpointName: 'churn', variantName: 'AllTraffic', bucketOwner: '444455556666' });
});

describe('fails', () => {
  const endpoint = (fixture: Fixture) => EndpointCapture.fromAttributes({ endpointName: 'churn', bucket: fixture.bucket });
  const captures = (fixture: Fixture, prefix?: string) => MonitoringInput.captures({ bucket: fixture.bucket, prefix });

  test.each<[string, (fixture: Fixture) => Partial<MonitoringScheduleProps>, string]>([
    ['with nothing to watch', () => ({ endpoint: undefined }),
      'there is nothing to watch: give an endpoint, or an input such as MonitoringInput.captures({ bucket, prefix })'],
    ['with two things to watch', fixture => ({ endpoint: endpoint(fixture), input: captures(fixture) }),
      'endpoint and input are two things to watch: give one, and make a schedule for each'],
    ['with slashes around the folder', fixture => ({ endpoint: undefined, input: captures(fixture, '/records/') }),
      'prefix must not be empty nor begin or end with a slash, got "/records/"'],
    ['where the service would have to read what no endpoint captured', fixture => ({
      endpoint: undefined, input: captures(fixture), engine: MonitoringEngine.modelMonitor(),
    }), 'AWS\' containers read what endpoints have captured: give an endpoint, or use MonitoringEngine.processingJobs()'],
  ])('%s', (_, props, message) => {
    const fixture = new Fixture();
    expect(() => fixture.schedule(props(fixture))).toThrow(message);
  });

  test('with an alarm on what nobody counts of it', () => {
    const fixture = new Fixture();
    expect(() => new CaptureStoppedAlarm(fixture.stack, 'Alarm', { schedule: watching(fixture, captures(fixture)) }))
      .toThrow('Invocations are counted of an endpoint, and an input is watched that is none: a NoDataAlarm tells when nothing comes of it');
  });
});
