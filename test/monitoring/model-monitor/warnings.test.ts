import { BiasMethod, DriftAlarm, DriftMetric, Facet, Monitor, NoDataAlarm, PositiveLabel } from '../../../lib';
import { MonitorType } from '../../../lib/contract';
import { ANALYSIS_BASELINE, BASELINE, BIAS, MODEL, QUALITY } from '../fixture';
import { ModelMonitorFixture } from './fixture';

describe('warns', () => {
  test('that the service is closed to new customers, with an id that can be acknowledged', () => {
    const fixture = new ModelMonitorFixture();
    fixture.managed();
    expect(fixture.warnings('cdk-model-monitor:modelMonitorClosed')).toBe(1);
    expect(fixture.warnings('cdk-model-monitor:modelMonitor(Ignores|WritesValues)')).toBe(0);
  });

  test.each<[Monitor, string]>([
    [Monitor.dataQuality({ baseline: BASELINE, minimumRows: 50, featureOverrides: { age: {} } }), 'nothing like featureOverrides, minimumRows of the data-quality monitor'],
    [Monitor.modelQuality({ baseline: BASELINE, ...QUALITY, tolerance: 0.1 }), 'nothing like tolerance of the model-quality monitor'],
    [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, headers: ['sex'], biasMethod: BiasMethod.ROBUST }), 'nothing like biasMethod of the model-bias monitor'],
    [Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint: MODEL, headers: ['sex'], background: [['f']], ndcgThreshold: 0.8 }),
      'nothing like ndcgThreshold of the model-explainability monitor'],
    [Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, positiveLabel: PositiveLabel.above(5), facets: [Facet.above('age', 40)], headers: ['age'] }),
      'takes the number of age > 40 and of approved > 5 for a value in windows where the column holds whole numbers'],
    [Monitor.dataQuality({ baseline: BASELINE, sensitiveColumns: ['email'] }), 'hashes no values: those of email may stand in its reports'],
  ])('of what AWS\' containers do not do: %#', (monitor, warning) => {
    const fixture = new ModelMonitorFixture();
    fixture.managed([monitor.type as MonitorType], { monitors: [monitor] });
    expect(fixture.warnings(warning)).toBe(1);
  });
});

test('an alarm on what nobody publishes is warned about, others are not', () => {
  const fixture = new ModelMonitorFixture();
  const schedule = fixture.managed(['data-quality']);
  new NoDataAlarm(fixture.stack, 'NoData', { schedule });
  new DriftAlarm(fixture.stack, 'Shift', { schedule, metric: DriftMetric.featureMeanShift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'All', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Income', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  new DriftAlarm(fixture.stack, 'Any', { schedule, metric: DriftMetric.violations(), threshold: 0 });
  expect(fixture.warnings('AWS. containers tell nothing of')).toBe(1);
  expect(fixture.warnings('tell nothing of execution_no_data, so that this alarm is never raised')).toBe(1);
});
