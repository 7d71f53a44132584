import { Match } from 'aws-cdk-lib/assertions';
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
