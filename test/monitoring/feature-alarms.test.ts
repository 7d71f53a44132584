import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Dataset, DatasetFormat, DriftAlarm, Monitor } from '../../lib';
import { AlarmFixture } from './alarm-fixture';

test('each feature has an alarm on its distance from the baseline, and is published always', () => {
  const fixture = new AlarmFixture();
  const schedule = fixture.schedule();
  const alarms = schedule.alarmOnEachFeature({ features: ['age', 'income', 'a/b'], threshold: 0.15, actions: fixture.actions });
  expect(alarms.map(({ node }) => node.path)).toEqual(['Test/Schedule/FeatureDrift-age', 'Test/Schedule/FeatureDrift-income', 'Test/Schedule/FeatureDrift-a|b']);
  const template = fixture.template();
  for (const feature of ['age', 'income', 'a/b']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: `feature_baseline_drift_${feature}`, Threshold: 0.15, AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    });
  }
  expect(JSON.stringify(template.findResources('AWS::Scheduler::Schedule'))).toContain('\\"alarmedFeatures\\":[\\"age\\",\\"income\\",\\"a/b\\"]');
});

describe('without features', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'features-'));
  const file = path.join(folder, 'training.csv');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A schedule whose baseline is made of a file with these lines. */
  const watching = (dataset: Dataset, excluded: string[] = []) => {
    const fixture = new AlarmFixture();
    const baseline = fixture.baseline({ dataset, excludedColumns: ['label'] });
    return fixture.schedule({ monitors: [Monitor.dataQuality({ baseline, excludedColumns: excluded })] });
  };
  const featuresOf = (alarms: DriftAlarm[]): string[] => alarms.map(({ node }) => node.id.replace('FeatureDrift-', ''));

  test.each([
    ['age,"income, net",label\n1,2,3\n', ['age', 'income, net']],
    ['"a ""b""" , c\r\n1,2\r\n', ['a "b"', 'c']],
  ])('those of the training data are taken, but what the analysis leaves out (%j)', (text, features) => {
    writeFileSync(file, text);
    expect(featuresOf(watching(Dataset.fromAsset(file)).alarmOnEachFeature())).toEqual(features);
    expect(featuresOf(watching(Dataset.fromAsset(file), [features[0]!]).alarmOnEachFeature({ max: 1 }))).toEqual(features.slice(1));
  });

  test('there are as many as max allows', () => {
    writeFileSync(file, 'a,b,c\n');
    expect(() => watching(Dataset.fromAsset(file)).alarmOnEachFeature({ max: 2 })).toThrow('3 features would make 3 alarms, at most 2 are wanted');
  });

  test.each([
    ['lies in a bucket', () => Dataset.fromBucket(new Bucket(new Stack(), 'Data'), 'training.csv')],
    ['has no header', () => Dataset.fromAsset(file, { format: DatasetFormat.csv({ header: false }) })],
    ['is no CSV', () => Dataset.fromAsset(file, { format: DatasetFormat.jsonLines() })],
  ])('of a dataset that %s, they have to be named', (_what, dataset) => {
    expect(() => watching(dataset()).alarmOnEachFeature()).toThrow(
      'features is left out, and the baseline does not tell them before it is made: name the columns, '
      + 'or make the baseline of a CSV file with a header, Dataset.fromAsset(\'training.csv\')');
  });
});

describe('fails', () => {
  const columns = Array.from({ length: 63 }, (_, index) => `column_${index}`);

  test.each([
    ['more features than wanted', { features: columns },
      '63 features would make 63 alarms, at most 50 are wanted: they cost about USD 6.30 a month, and USD 75.60 for the metrics they watch; '
      + 'raise max, name fewer features, or watch all of them with one DriftAlarm on DriftMetric.maximumDrift()'],
    ['more features than a smaller limit', { features: ['a', 'b'], max: 1 }, '2 features would make 2 alarms, at most 1 are wanted'],
    ['no feature', { features: [] }, 'features is empty: name at least one column'],
    ['a feature named twice', { features: ['age', 'income', 'age'] }, 'features holds "age" twice'],
    ['a threshold that no distance reaches', { features: ['age'], threshold: 1 }, 'the threshold of a distance must be from 0 to below 1, got 1'],
  ])('with %s', (_name, options, message) => {
    expect(() => new AlarmFixture().schedule().alarmOnEachFeature(options)).toThrow(message);
  });

  test('with more features than the default, and a max that allows them, it does not', () => {
    expect(new AlarmFixture().schedule().alarmOnEachFeature({ features: columns, max: 63 })).toHaveLength(63);
  });
});
