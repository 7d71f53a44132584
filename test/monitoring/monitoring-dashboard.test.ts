import { Cadence, DriftAlarm, DriftMetric, ExecutionFailedAlarm, ModelHealthAlarm, MonitoringDashboard, MonitoringSchedule } from '../../lib';
import { AlarmFixture } from './alarm-fixture';
import { joined } from './fixture';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: string[];
    readonly metrics?: (string | { readonly expression?: string; readonly yAxis?: string })[][];
    readonly annotations?: { readonly horizontal: { readonly value: number; readonly label: string; readonly yAxis: string }[] };
  };
}

function widgetsOf(fixture: AlarmFixture): Widget[] {
  const [dashboard] = Object.values(fixture.template().findResources('AWS::CloudWatch::Dashboard'));
  return (JSON.parse(joined(dashboard!.Properties.DashboardBody)) as { readonly widgets: Widget[] }).widgets;
}

const titled = (widgets: readonly Widget[], title: string): Widget['properties'] => widgets.find(({ properties }) => properties.title?.startsWith(title))!.properties;
const expressions = (properties: Widget['properties']): string[] =>
  (properties.metrics ?? []).flatMap(line => line.flatMap(part => typeof part === 'object' && part.expression !== undefined ? [part.expression] : []));
const names = (properties: Widget['properties']): unknown[] => (properties.metrics ?? []).map(line => line[1]);

function dashboard(types: readonly string[], prepare: (fixture: AlarmFixture, schedule: MonitoringSchedule) => void = () => undefined): Widget[] {
  const fixture = new AlarmFixture();
  const schedule = fixture.watching(types);
  new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule] });
  prepare(fixture, schedule);
  return widgetsOf(fixture);
}

const EVERY_SCHEDULE = ['Records of a window', 'Executions', 'Invocations and errors', 'Latency'];

test.each([
  [['data-quality'], ['Distance from the baseline: the largest', 'Distance from the baseline: published features', 'Relative shift of the mean', 'Violations']],
  [['model-quality'], ['Quality of predictions', 'Share of predictions with a label', 'Violations']],
  [['model-bias'], ['Disparate impact', 'Other measures of bias', 'Violations']],
  [['model-explainability'], ['Ranking of features', 'Global attribution of features', 'Violations']],
])('what %j measures is shown, and nothing of other monitors', (types, titles) => {
  const graphs = dashboard(types).filter(({ type }) => type === 'metric').map(({ properties }) => properties.title!);
  const wanted = [...EVERY_SCHEDULE, ...titles];
  expect(graphs.map(title => wanted.find(start => title.startsWith(start)))).toEqual(wanted);
});

test('rows fill the width, and no widget lies over another', () => {
  const widgets = dashboard(['data-quality', 'model-quality', 'model-bias', 'model-explainability']);
  const taken = new Set<string>();
  for (const { x, y, width, height } of widgets) {
    for (let column = x; column < x + width; column++) for (let line = y; line < y + height; line++) taken.add(`${column},${line}`);
  }
  expect(taken.size).toBe(widgets.reduce((sum, { width, height }) => sum + width * height, 0));
  expect(taken.size).toBe(24 * Math.max(...widgets.map(({ y, height }) => y + height)));
});

test('it says what it shows', () => {
  const text = dashboard(['data-quality', 'model-bias']).find(({ type }) => type === 'text')!.properties.markdown!;
  expect(text).toMatch(/^## Endpoint churn\n\nEvery hour, schedule \*\*churn\*\* compares the traffic with the training data: data-quality/);
  expect(text).toMatch(/`s3:\/\/<\w+>\/monitoring\/churn\/churn-data-quality\/latest.json`/);
});

test('alarms show their states, what they watch, and their thresholds, also when they are made after the dashboard', () => {
  const widgets = dashboard(['data-quality'], ({ stack, actions }, schedule) => {
    new DriftAlarm(stack, 'Income', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2, actions });
    new DriftAlarm(stack, 'IncomeStrictly', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.3, actions });
    new DriftAlarm(stack, 'Any', { schedule, metric: DriftMetric.maximumDrift(), threshold: 0.1, actions });
    new DriftAlarm(stack, 'Shift', { schedule, metric: DriftMetric.featureMeanShift('income'), threshold: 0.25, actions });
    new ExecutionFailedAlarm(stack, 'Failed', { schedule, actions });
  });
  expect(titled(widgets, 'Alarms').alarms).toHaveLength(5);
  const drift = titled(widgets, 'Distance from the baseline: the largest');
  expect(names(drift)).toEqual(['baseline_drift_max', 'feature_baseline_drift_income']);
  expect(drift.annotations!.horizontal.map(({ value }) => value)).toEqual([0.2, 0.3, 0.1]);
  expect(drift.annotations!.horizontal[0]!.label).toBe('feature_baseline_drift_income > 0.2 for 1 datapoints within 60 minutes');
  expect(titled(widgets, 'Relative shift').annotations!.horizontal.map(({ value }) => value)).toEqual([0.25]);
});

test('which features and groups there are is looked up by CloudWatch, of this endpoint and this monitor only', () => {
  const widgets = dashboard(['data-quality', 'model-quality', 'model-bias', 'model-explainability']);
  const own = (type: string): string => `Endpoint="churn" MonitoringSchedule="churn-${type}"`;
  expect(expressions(titled(widgets, 'Distance from the baseline: published'))).toEqual([
    `SEARCH('{"aws/sagemaker/Endpoints/data-metrics",Endpoint,MonitoringSchedule} ${own('data-quality')} MetricName=(feature AND baseline AND drift)', 'Maximum', 3600)`,
  ]);
  expect(expressions(titled(widgets, 'Disparate impact'))).toEqual([
    'SEARCH(\'{"aws/sagemaker/Endpoints/bias-metrics",Endpoint,MonitoringSchedule,BiasStage,Label,LabelValue,Facet,FacetValue} '
    + `${own('model-bias')} MetricName=("bias_metric_DI")', 'Maximum', 3600)`,
  ]);
  const quality = titled(widgets, 'Quality of predictions');
  expect(expressions(quality)).toEqual([
    expect.stringContaining(`${own('model-quality')} MetricName=("accuracy" OR "precision" OR "recall" OR "f1" OR "auc"`),
    expect.stringContaining('MetricName=("mae" OR "mse" OR "rmse")'),
  ]);
  expect(expressions(titled(widgets, 'Global attribution'))).toEqual([
    expect.stringContaining(`ExplainabilityMethod,Label,ValueType} ${own('model-explainability')} ValueType="GlobalShapValues"`),
  ]);
  expect(titled(widgets, 'Disparate impact').annotations!.horizontal).toEqual([expect.objectContaining({ value: 0.8, label: 'four-fifths rule' })]);
});

test('a daily schedule is searched by the day', () => {
  const fixture = new AlarmFixture();
  new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [fixture.schedule({ cadence: Cadence.daily() })] });
  expect(expressions(titled(widgetsOf(fixture), 'Distance from the baseline: published'))[0]).toMatch(/, 'Maximum', 86400\)$/);
});

test('records with a label are shown where a monitor needs labels', () => {
  expect(names(titled(dashboard(['data-quality']), 'Records'))).toEqual(['records_captured', 'records_analysed', 'records_rejected']);
  expect(names(titled(dashboard(['data-quality', 'model-bias']), 'Records'))).toEqual(['records_captured', 'records_analysed', 'records_rejected', 'records_labelled']);
});

test('the endpoint is shown by what SageMaker measures of it', () => {
  const widgets = dashboard(['data-quality']);
  expect(titled(widgets, 'Invocations').metrics![0]!.slice(0, 6)).toEqual(['AWS/SageMaker', 'Invocations', 'EndpointName', 'churn', 'VariantName', 'AllTraffic']);
  expect(names(titled(widgets, 'Latency'))).toEqual(['ModelLatency', 'OverheadLatency']);
});

test('given alarms come first', () => {
  const fixture = new AlarmFixture();
  const schedule = fixture.schedule();
  const failed = new ExecutionFailedAlarm(fixture.stack, 'Failed', { schedule, actions: fixture.actions });
  const health = new ModelHealthAlarm(fixture.stack, 'Health', { alarms: [failed], actions: fixture.actions });
  new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule], alarms: [health] });
  expect(widgetsOf(fixture)[0]).toMatchObject({ type: 'alarm', y: 0, properties: { title: 'Health', alarms: [expect.stringMatching(/^<Health\w+\.Arn>$/)] } });
});

test('alarms beyond a hundred go on in another widget', () => {
  const fixture = new AlarmFixture();
  const schedule = fixture.schedule();
  schedule.alarmOnEachFeature({ features: Array.from({ length: 101 }, (_, index) => `f${index}`), max: 101, actions: fixture.actions });
  new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule] });
  expect(widgetsOf(fixture).flatMap(({ properties }) => properties.alarms?.length ?? [])).toEqual([100, 1]);
});

describe('fails', () => {
  const synth = (fixture: AlarmFixture) => () => { fixture.app.synth(); };

  test('without schedules', () => {
    expect(() => new MonitoringDashboard(new AlarmFixture().stack, 'Dashboard', { schedules: [] })).toThrow('schedules is empty: give at least one MonitoringSchedule');
  });

  test('at synthesis with more lines than a widget holds', () => {
    const fixture = new AlarmFixture();
    const schedule = fixture.schedule();
    schedule.alarmOnEachFeature({ features: Array.from({ length: 500 }, (_, index) => `f${index}`), max: 500, actions: fixture.actions });
    new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule] });
    expect(synth(fixture)).toThrow(
      'the widget "Distance from the baseline: the largest, and what alarms watch" has 501 metrics, at most 500 are allowed: watch fewer features, or all of them by DriftMetric.maximumDrift()');
  });

  test('at synthesis with more widgets than a dashboard holds', () => {
    const fixture = new AlarmFixture();
    const schedule = fixture.schedule();
    new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: Array.from({ length: 56 }, () => schedule) });
    expect(synth(fixture)).toThrow(`the dashboard has ${56 * 9} widgets, at most 500 are allowed: make several MonitoringDashboards, each of some schedules`);
  });

  test('at synthesis with more metrics than a dashboard holds', () => {
    const fixture = new AlarmFixture();
    const schedule = fixture.schedule();
    schedule.alarmOnEachFeature({ features: Array.from({ length: 490 }, (_, index) => `f${index}`), max: 490, actions: fixture.actions });
    new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [schedule, schedule, schedule, schedule, schedule] });
    expect(synth(fixture)).toThrow(/the dashboard has 25\d\d metrics, at most 2500 are allowed: make several MonitoringDashboards/);
  });
});

test('it warns of nothing', () => {
  const fixture = new AlarmFixture();
  new MonitoringDashboard(fixture.stack, 'Dashboard', { schedules: [fixture.watching(['data-quality', 'model-quality', 'model-bias', 'model-explainability'])] });
  expect(fixture.stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
});
