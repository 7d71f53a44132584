import { metricRecord, monitorDimensions, namespace } from '../stage';
import { end, event, records, report } from './own-execution';
import { handler, stage } from './publisher';

test('metrics bear the minute at which the job ended', async () => {
  report(records);
  end();
  await handler.invoke(event());
  const times = new Set(stage.aws.cloudWatch.metrics.flatMap(metric => metric.data.map(point => point.timestamp.toISOString())));
  expect([...times]).toEqual(['2026-03-01T07:16:00.000Z']);
});

test('the feature of an alarm and the most drifted others are published, the rest is not', async () => {
  report(records);
  end();
  await handler.invoke(event());
  const published = stage.aws.cloudWatch.metrics.map(metric => metric.metricName).filter(name => name.startsWith('feature_'));
  expect(published.sort()).toEqual(['age', 'income', 'payment_type'].flatMap(name => [`feature_baseline_drift_${name}`, `feature_non_null_${name}`]).sort());
});

test('features without a distance are published while there is room', async () => {
  report([metricRecord('feature_non_null_%C3%BC', 7), metricRecord('feature_non_null_b', 8), metricRecord('feature_non_null_c', 9)], { drift: [], violations: [] });
  end();
  await handler.invoke(event());
  expect([stage.values('feature_non_null_%C3%BC'), stage.values('feature_non_null_b'), stage.values('feature_non_null_c')]).toEqual([[7], [8], []]);
});

test('what CloudWatch would refuse is brought into range or left out, and the rest arrives', async () => {
  const dimensions = JSON.stringify(records[0]!.Dimensions);
  report([
    `{"MetricName":"huge","Timestamp":"t","Dimensions":${dimensions},"Value":1e999}`,
    `{"MetricName":"small","Timestamp":"t","Dimensions":${dimensions},"Value":-1e200}`,
    `{"MetricName":"null","Timestamp":"t","Dimensions":${dimensions},"Value":null}`,
    `{"MetricName":"empty set","Timestamp":"t","Dimensions":${dimensions},"StatisticValues":{"Maximum":0,"Minimum":0,"SampleCount":0,"Sum":0}}`,
    `{"MetricName":"null in set","Timestamp":"t","Dimensions":${dimensions},"StatisticValues":{"Maximum":null,"Minimum":0,"SampleCount":3,"Sum":0}}`,
    metricRecord('ümlaut', 1),
    metricRecord('x'.repeat(256), 1),
    { ...metricRecord('set', 1), Value: undefined, StatisticValues: { Maximum: 3, Minimum: 1, SampleCount: 2, Sum: 4 } },
  ]);
  end();
  await handler.invoke(event());
  expect([stage.values('huge'), stage.values('small')]).toEqual([[2 ** 360], [-(2 ** 360)]]);
  expect(stage.aws.cloudWatch.data({ namespace, metricName: 'set', dimensions: monitorDimensions })).toMatchObject([{ maximum: 3, minimum: 1, sampleCount: 2, sum: 4 }]);
  expect(stage.aws.cloudWatch.metrics.map(metric => metric.metricName).sort())
    .toEqual(['execution_duration', 'execution_failed', 'execution_no_data', 'huge', 'set', 'small']);
});

test('more than a thousand metrics go in several calls', async () => {
  report(Array.from({ length: 1500 }, (_, index) => metricRecord(`other_${index}`, index)));
  end();
  await handler.invoke(event());
  expect(stage.aws.cloudWatch.metrics).toHaveLength(1503);
  expect(stage.count('cloudwatch:PutMetricData')).toBe(2);
});
