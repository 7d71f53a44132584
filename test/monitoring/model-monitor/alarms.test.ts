import {
  BiasMetric, CaptureIndexName, CaptureStoppedAlarm, ContainerImage, DataCapture, DataQualityCheck, DriftAlarm, DriftMetric, ExecutionFailedAlarm,
  ExecutionOverdueAlarm, Facet, GroundTruth, GroundTruthLateAlarm, ModelData, Monitor, MonitoredEndpoint, MonitoringEngine, MonitoringSchedule,
  MonitorType, NoDataAlarm, QualityMetric, TooFewRowsAlarm,
} from '../../../lib';
import { ANALYSIS_BASELINE, BASELINE, BIAS, Fixture, IMAGE, QUALITY } from '../fixture';

interface Alarm {
  readonly namespace: unknown;
  readonly metricName: unknown;
  readonly dimensions: unknown;
  readonly statistic: unknown;
  readonly threshold: unknown;
}

/** Every alarm that there is, on the same schedule of an endpoint made here, so that its name is a reference. */
function alarmsOf(engine: MonitoringEngine): Record<string, Alarm> {
  const fixture = new Fixture();
  const { stack, bucket, encryption } = fixture;
  const endpoint = new MonitoredEndpoint(stack, 'Endpoint', {
    image: ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/model:1'),
    modelData: ModelData.fromBucket(bucket, 'model.tar.gz'),
    dataCapture: DataCapture.toBucket(bucket, { prefix: 'capture' }),
  });
  const headers = ['income', 'sex'];
  const schedule = new MonitoringSchedule(stack, 'Schedule', {
    endpoint,
    bucket,
    engine,
    image: IMAGE,
    encryptionKey: encryption.key,
    groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    monitors: [
      Monitor.dataQuality({ baseline: BASELINE, captureIndexNames: [CaptureIndexName.ENDPOINT_INPUT, CaptureIndexName.ENDPOINT_OUTPUT] }),
      Monitor.modelQuality({ baseline: BASELINE, ...QUALITY }),
      Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, facets: [...BIAS.facets, Facet.above('income', 50_000)], headers }),
      Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint, headers, background: [[50_000, 'f']] }),
    ],
  });
  const metrics: [DriftMetric, number][] = [
    [DriftMetric.featureDrift('income'), 0.2],
    [DriftMetric.featureMeanShift('income'), 0.2],
    [DriftMetric.maximumDrift(), 0.2],
    [DriftMetric.modelQuality(QualityMetric.ACCURACY), 0.8],
    [DriftMetric.bias(BiasMetric.DI, Facet.values('sex', ['f'])), 0.8],
    [DriftMetric.bias(BiasMetric.DI, Facet.above('income', 50_000)), 0.8],
    [DriftMetric.attributionDrift(), 0.9],
    [DriftMetric.checkViolations(DataQualityCheck.COMPLETENESS), 0],
    ...Object.values(MonitorType).map((type): [DriftMetric, number] => [DriftMetric.violations(type), 0]),
  ];
  for (const [index, [metric, threshold]] of metrics.entries()) new DriftAlarm(stack, `Drift${index}`, { schedule, metric, threshold });
  new NoDataAlarm(stack, 'NoData', { schedule });
  new ExecutionFailedAlarm(stack, 'Failed', { schedule });
  new ExecutionOverdueAlarm(stack, 'Overdue', { schedule });
  new TooFewRowsAlarm(stack, 'TooFewRows', { schedule });
  new GroundTruthLateAlarm(stack, 'Late', { schedule });
  new CaptureStoppedAlarm(stack, 'Stopped', { schedule });

  const alarms = fixture.template().findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(Object.entries(alarms).map(([id, { Properties }]) => [id, {
    namespace: Properties.Namespace,
    metricName: Properties.MetricName,
    dimensions: Properties.Dimensions,
    statistic: Properties.Statistic ?? Properties.Metrics,
    threshold: Properties.Threshold,
  }]));
}

test('alarms of both engines watch the same metrics, with the same dimensions by reference', () => {
  const [ours, managed] = [alarmsOf(MonitoringEngine.processingJobs()), alarmsOf(MonitoringEngine.modelMonitor())];
  expect(Object.keys(ours)).toHaveLength(18);
  expect(managed).toEqual(ours);
  const drift = Object.values(ours).find(({ metricName }) => metricName === 'feature_baseline_drift_income')!;
  expect(drift.dimensions).toEqual([
    { Name: 'Endpoint', Value: { 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'EndpointName'] } },
    { Name: 'MonitoringSchedule', Value: expect.stringMatching(/^[a-z0-9-]+-data-quality$/) },
  ]);
});
