import { BiasMetric, Cadence, DataQualityCheck, Facet, Monitor, MonitorType, QualityMetric } from '../../lib';
import { MONITOR_TYPES } from '../../lib/contract';
import { ANALYSIS_BASELINE, BIAS, Fixture } from './fixture';

test('a metric bears the endpoint and the monitor, over the cadence', () => {
  const fixture = new Fixture();
  const schedule = fixture.schedule({ cadence: Cadence.everyHours(6) });
  expect(schedule.metricFeatureDrift('income')).toMatchObject({
    namespace: 'aws/sagemaker/Endpoints/data-metrics',
    metricName: 'feature_baseline_drift_income',
    dimensions: { Endpoint: 'churn', MonitoringSchedule: 'churn-data-quality' },
    statistic: 'Maximum',
  });
  expect(schedule.metricMaximumDrift().period.toHours()).toBe(6);
  expect(schedule.metricViolations({ statistic: 'Sum' })).toMatchObject({ metricName: 'violations', statistic: 'Sum' });
  expect(schedule.metricCheckViolations(DataQualityCheck.COMPLETENESS).metricName).toBe('violations_completeness_check');
});

test('each measure is in the namespace of its monitor, under its name', () => {
  const schedule = new Fixture().watching(MONITOR_TYPES);
  const dimensions = (type: string) => ({ Endpoint: 'churn', MonitoringSchedule: `churn-${type}` });
  expect(schedule.metricModelQuality(QualityMetric.ACCURACY)).toMatchObject({
    namespace: 'aws/sagemaker/Endpoints/model-metrics', metricName: 'accuracy', dimensions: dimensions('model-quality'),
  });
  expect(schedule.metricBias(BiasMetric.DI, Facet.values('sex', ['f']))).toMatchObject({
    namespace: 'aws/sagemaker/Endpoints/bias-metrics',
    metricName: 'bias_metric_DI',
    dimensions: { ...dimensions('model-bias'), BiasStage: 'Post-Training', Label: 'approved', LabelValue: '1', Facet: 'sex', FacetValue: 'f' },
  });
  const facets = [Facet.values('sex', ['f', 'ü'])];
  const others = new Fixture().watching(['model-bias'], { monitors: [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, facets })] });
  expect(others.metricBias('DPL', facets[0]!)).toMatchObject({ dimensions: { BiasStage: 'Pre-training', FacetValue: 'f,%C3%BC' } });
  expect(schedule.metricAttributionDrift()).toMatchObject({
    namespace: 'aws/sagemaker/Endpoints/explainability-metrics', metricName: 'feature_attribution_ndcg', statistic: 'Minimum', dimensions: dimensions('model-explainability'),
  });
  expect([schedule.metricRecordsCaptured(), schedule.metricRecordsAnalysed(), schedule.metricRecordsRejected(), schedule.metricDuration()])
    .toMatchObject(['records_captured', 'records_analysed', 'records_rejected', 'execution_duration'].map(metricName => ({ metricName, dimensions: dimensions('data-quality') })));
  expect([schedule.metricRecordsLabelled(), schedule.metricLabelledShare()])
    .toMatchObject([{ metricName: 'records_labelled' }, { metricName: 'labelled_share', statistic: 'Minimum' }].map(metric => ({ ...metric, dimensions: dimensions('model-quality') })));
  expect(schedule.metricOf(MonitorType.MODEL_BIAS, 'violations')).toMatchObject({ dimensions: dimensions('model-bias') });
});
