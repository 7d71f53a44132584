import { Duration } from 'aws-cdk-lib';
import { Cadence, ContainerImage, DataCapture, GroundTruth, ModelData, Monitor, MonitoredEndpoint } from '../../lib';
import { BASELINE, Fixture, QUALITY } from './fixture';

describe('labels that come late', () => {
  const labelled = (fixture: Fixture, delay: Duration, props: Parameters<Fixture['schedule']>[0] = {}) => fixture.schedule({
    monitors: [Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, labelDelay: delay })],
    groundTruth: GroundTruth.fromBucket(fixture.bucket, 'labels'),
    ...props,
  });
  const keeping = (days: number, prefix?: string): Fixture => {
    const fixture = new Fixture();
    fixture.bucket.addLifecycleRule({ expiration: Duration.days(days), prefix });
    return fixture;
  };
  const ENOUGH = 'keep them longer, or shorten labelDelay';

  test('captures and labels that are kept long enough are fine', () => {
    expect(() => labelled(keeping(31), Duration.days(30))).not.toThrow();
    expect(() => labelled(keeping(1, 'elsewhere/'), Duration.days(30))).not.toThrow();
    expect(() => labelled(new Fixture(), Duration.days(365))).not.toThrow();
  });

  test.each([
    ['as long as the delay, but not the window', 30, undefined, Cadence.hourly(), 'captures are kept for 30 days, but the model-quality monitor reads them up to 30 days 1 hour later (labelDelay 30 days and a cadence of 1 hour)'],
    ['only the captures go', 7, 'capture/', Cadence.daily(), 'captures are kept for 7 days, but the model-quality monitor reads them up to 31 days later'],
    ['only the labels go', 7, 'labels/', Cadence.hourly(), 'labels are kept for 7 days, but the model-quality monitor reads them up to 30 days 1 hour later'],
    ['a part of the captures goes', 7, 'capture/churn/', Cadence.hourly(), 'captures are kept for 7 days'],
  ])('fails when %s', (_, days, prefix, cadence, message) => {
    const build = () => labelled(keeping(days, prefix), Duration.days(30), { cadence });
    expect(build).toThrow(message);
    expect(build).toThrow(ENOUGH);
  });

  test('fails also for what a MonitoredEndpoint captures', () => {
    const fixture = keeping(7);
    const endpoint = new MonitoredEndpoint(fixture.stack, 'Endpoint', {
      image: ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1'),
      modelData: ModelData.fromBucket(fixture.bucket, 'model.tar.gz'),
      dataCapture: DataCapture.toBucket(fixture.bucket),
    });
    expect(() => labelled(fixture, Duration.days(30), { endpoint, groundTruth: GroundTruth.fromBucket(new Fixture().bucket) })).toThrow('captures are kept for 7 days');
  });

  test('fails without labels, and with labels that nobody reads', () => {
    expect(() => labelled(new Fixture(), Duration.hours(0), { groundTruth: undefined }))
      .toThrow('model-quality compares predictions with labels: give groundTruth, such as GroundTruth.fromBucket(bucket, \'labels\')');
    expect(() => labelled(new Fixture(), Duration.hours(0), { groundTruth: { groundTruthUri: 's3://b/labels/' } }))
      .toThrow('groundTruthUri begins with s3:// and has no slash at its end, got "s3://b/labels/"');
    const fixture = new Fixture();
    expect(() => fixture.schedule({ groundTruth: GroundTruth.fromBucket(fixture.bucket) }))
      .toThrow('groundTruth is read by no monitor: add Monitor.modelQuality(…) or Monitor.modelBias(…), or leave it out');
  });
});
