import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BaselineJob, Dataset } from '../../lib';
import { requestOf } from './baseline-request';
import { Fixture, joined } from './fixture';

describe('a watched dataset', () => {
  const watched = (fixture: Fixture, key = 'training/'): BaselineJob => fixture.baseline({ dataset: Dataset.watch(fixture.bucket, key) });

  test.each([['training/', [{ prefix: 'training/' }]], ['training/churn.csv', ['training/churn.csv']]])('%s is listened to', (key, pattern) => {
    const fixture = new Fixture();
    watched(fixture, key);
    const { watchUri } = requestOf(fixture.template());
    fixture.template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.s3'], 'detail-type': ['Object Created'],
        'detail': { bucket: { name: [fixture.stack.resolve(fixture.bucket.bucketName)] }, object: { key: pattern } },
      },
      Targets: [Match.objectLike({ Input: Match.anyValue() })],
    });
    expect(joined(watchUri)).toMatch(/^s3:\/\/<Encryption\w+>\/baselines\/watched-[0-9a-f]{8}\.json$/);
  });

  test('its bucket tells EventBridge of new objects', () => {
    const fixture = new Fixture();
    watched(fixture);
    fixture.template().hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  test('a bucket whose notifications CDK makes is asked through CDK', () => {
    const fixture = new Fixture();
    const bucket = new s3.Bucket(fixture.stack, 'Notifying', { eventBridgeEnabled: true });
    fixture.baseline({ dataset: Dataset.watch(bucket, 'training/') });
    fixture.template().resourceCountIs('Custom::S3BucketNotifications', 1);
    expect(Object.values(fixture.template().findResources('AWS::S3::Bucket', { Properties: { NotificationConfiguration: Match.anyValue() } }))).toEqual([]);
  });

  test('notifications that come later would take it back, and are refused', () => {
    const fixture = new Fixture();
    watched(fixture);
    fixture.bucket.enableEventBridgeNotification();
    expect(() => fixture.app.synth()).toThrow(
      'was given notifications after its dataset was watched, which would take EventBridge\'s away: create the bucket with eventBridgeEnabled: true',
    );
  });

  test('of another\'s bucket a warning says what to turn on', () => {
    const fixture = new Fixture();
    fixture.baseline({ dataset: Dataset.watch(s3.Bucket.fromBucketName(fixture.stack, 'Imported', 'datasets'), 'training/') });
    Annotations.fromStack(fixture.stack).hasWarning('/Test/Baseline/Changes', Match.stringLikeRegexp('turn on "Send notifications to Amazon EventBridge"'));
  });

  test('baselines go elsewhere, and the place is one', () => {
    const build = (key: string, prefix?: string) => () => {
      const fixture = new Fixture();
      fixture.baseline({ dataset: Dataset.watch(fixture.bucket, key), prefix });
    };
    expect(build('data/', 'data/baselines')).toThrow(
      'baselines go to "data/baselines", inside of the watched folder "data/", and would be taken for datasets: give another prefix',
    );
    expect(build('')).toThrow('a watched dataset is an object, or a folder with its trailing slash, got ""');
    expect(build('data/', 'database')).not.toThrow();
  });
});
