import { BiasDimension, ENDPOINT_DIMENSION, ExecutionSummary, METRIC_NAMESPACES, MetricRecord, MonitorType, SCHEDULE_DIMENSION } from '../../../lib/contract';
import { fullSchedule, inputFolder, window } from '../stage';
import { end, event, records, report } from './own-execution';
import { handler, stage } from './publisher';

describe('the other monitors', () => {
  const monitorName = (type: MonitorType) => `churn-hourly-${type}`;
  const folderOf = (type: MonitorType) => `reports/churn/${monitorName(type)}/2026/03/01/07`;
  const record = (type: MonitorType, MetricName: string, Value: number, more: Record<string, string> = {}): MetricRecord => ({
    MetricName, Value, Timestamp: window.start,
    Dimensions: Object.entries({ [ENDPOINT_DIMENSION]: 'churn', [SCHEDULE_DIMENSION]: monitorName(type), ...more }).map(([Name, Value]) => ({ Name, Value })),
  });
  const reportOf = (type: MonitorType, lines: MetricRecord[], change: Partial<ExecutionSummary>) => {
    const analysed = { captured: 9, analysed: 9, rejected: 0, outsideWindow: 0 };
    const own: ExecutionSummary = { monitor: monitorName(type), window, violations: [], drift: [], records: analysed, ...change };
    stage.aws.s3.put('data', `${folderOf(type)}/summary.json`, JSON.stringify(own));
    stage.aws.s3.put('data', `${folderOf(type)}/metrics.jsonl`, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  };
  const publishOnly = async (...types: MonitorType[]) => {
    const monitors = fullSchedule.monitors.filter(({ type }) => types.includes(type));
    stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule: { ...fullSchedule, monitors }, window }));
    end();
    await handler.invoke(event());
  };
  const details = () => stage.aws.eventBridge.events.map(({ detail }) => detail);
  const labelled = { captured: 9, analysed: 9, labelled: 7, duplicatedLabels: 2, unmatchedLabels: 1, rejected: 0, outsideWindow: 0 };

  test('each monitor of a job has its result, its namespace and its latest.json', async () => {
    report(records, { violations: [] });
    reportOf('model-quality', [record('model-quality', 'accuracy', 0.72), record('model-quality', 'labelled_share', 7 / 9)], {
      records: labelled,
      violations: [{ constraint_check_type: 'LessThanThreshold', metric_name: 'accuracy', description: 'd', explanation: 'accuracy: 0.95 → 0.72' }],
    });
    await publishOnly('data-quality', 'model-quality');
    expect([stage.values('accuracy', 'model-quality'), stage.values('execution_failed', 'model-quality'), stage.values('execution_failed')]).toEqual([[0.72], [0], [0]]);
    expect(stage.values('accuracy')).toEqual([]);
    expect(stage.json('reports/churn/churn-hourly-model-quality/latest.json')).toMatchObject({
      monitor: 'churn-hourly-model-quality', status: 'CompletedWithViolations', records: labelled, features: ['accuracy'], explanations: ['accuracy: 0.95 → 0.72'],
    });
    expect(details().map(({ monitor, status }) => [monitor, status])).toEqual([
      ['churn-hourly-data-quality', 'Completed'], ['churn-hourly-model-quality', 'CompletedWithViolations'], ['churn-hourly-model-quality', 'CompletedWithViolations'],
    ]);
  });

  test('requests of which none could be read are another, though none has a label either', async () => {
    reportOf('model-quality', [record('model-quality', 'records_rejected', 9)], { records: { ...labelled, analysed: 0, labelled: 0, rejected: 9 } });
    await publishOnly('model-quality');
    expect(details()).toMatchObject([{ status: 'AllRejected', records: { captured: 9, analysed: 0, rejected: 9 } }]);
    expect([stage.values('execution_no_data', 'model-quality'), stage.values('records_rejected', 'model-quality')]).toEqual([[0], [9]]);
    expect(stage.aws.s3.list('data').filter(key => key.endsWith('latest.json'))).toEqual([]);
  });

  test('requests without any label are a state of their own, and latest.json stays', async () => {
    reportOf('model-quality', [record('model-quality', 'labelled_share', 0)], { records: { ...labelled, labelled: 0 } });
    await publishOnly('model-quality');
    expect(details()).toMatchObject([{ status: 'NoGroundTruth', records: { captured: 9, labelled: 0 } }]);
    expect([stage.values('execution_no_data', 'model-quality'), stage.values('labelled_share', 'model-quality')]).toEqual([[0], [0]]);
    expect(stage.aws.s3.list('data').filter(key => key.endsWith('latest.json'))).toEqual([]);
  });

  test('a bias metric keeps the dimensions that tell its group, and a violation names it', async () => {
    const group = {
      [BiasDimension.STAGE]: 'Post-Training', [BiasDimension.LABEL]: 'approved', [BiasDimension.LABEL_VALUE]: '1',
      [BiasDimension.FACET]: 'sex', [BiasDimension.FACET_VALUE]: 'f',
    };
    reportOf('model-bias', [record('model-bias', 'bias_metric_DI', 0.61, group), record('model-bias', 'bias_metric_TE', -2.348543e108, group)], {
      records: labelled,
      violations: [{ facet: 'sex', facet_value: 'f', metric_name: 'DI', constraint_check_type: 'bias_check', description: 'd', explanation: 'approval of sex=f is 0.61 times' }],
    });
    await publishOnly('model-bias');
    const dimensions = { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-model-bias', ...group };
    expect(['DI', 'TE'].map(name => stage.aws.cloudWatch.data({ namespace: METRIC_NAMESPACES['model-bias'], metricName: `bias_metric_${name}`, dimensions })))
      .toMatchObject([[{ sum: 0.61 }], [{ sum: -(2 ** 360) }]]);
    expect(details()[1]).toMatchObject({ features: ['sex=f DI'], violations: 1 });
  });

  test('groups and labels above a threshold are published under a name that no data changes', async () => {
    const group = (label: string, facet: string) => ({ [BiasDimension.LABEL_VALUE]: label, [BiasDimension.FACET]: 'age', [BiasDimension.FACET_VALUE]: facet });
    reportOf('model-bias', [record('model-bias', 'bias_metric_DI', 0.61, group('(-0.5, 1e+20]', '(40.0, 93.0]'))], { records: labelled });
    await publishOnly('model-bias');
    const dimensions = { Endpoint: 'churn', MonitoringSchedule: 'churn-hourly-model-bias', ...group('above -0.5', 'above 40') };
    expect(stage.aws.cloudWatch.data({ namespace: METRIC_NAMESPACES['model-bias'], metricName: 'bias_metric_DI', dimensions })).toMatchObject([{ sum: 0.61 }]);
    expect(stage.values('bias_metric_DI', 'model-bias')).toEqual([]);
  });

  test('attributions are all published, also of features whose names look like other metrics', async () => {
    const shap = { ExplainabilityMethod: 'KernelShap', Label: 'label0', ValueType: 'GlobalShapValues' };
    reportOf('model-explainability', [
      record('model-explainability', 'feature_data_age', 0.3, shap), record('model-explainability', 'feature_zip_code', 0.2, shap),
      record('model-explainability', 'feature_attribution_ndcg', 0.86),
    ], { violations: [{ label: 'label0', metric_name: 'shap', constraint_check_type: 'feature_attribution_drift_check', description: 'd', explanation: 'zip_code 5th → 1st' }] });
    await publishOnly('model-explainability');
    const published = stage.aws.cloudWatch.metrics.filter(metric => metric.namespace === METRIC_NAMESPACES['model-explainability']).map(metric => metric.metricName);
    expect(published.sort()).toEqual(['execution_duration', 'execution_failed', 'execution_no_data', 'feature_attribution_ndcg', 'feature_data_age', 'feature_zip_code']);
    expect(details()[1]).toMatchObject({ status: 'CompletedWithViolations', features: ['label0'] });
  });

  test('a job that failed has failed for each of its monitors', async () => {
    const monitors = fullSchedule.monitors.slice(0, 3);
    stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule: { ...fullSchedule, monitors }, window }));
    end({ status: 'Failed', exitMessage: 'the label column is missing' });
    await handler.invoke(event());
    expect(monitors.map(({ type }) => stage.values('execution_failed', type))).toEqual([[1], [1], [1]]);
    expect(details()).toMatchObject(monitors.map(({ name }) => ({ monitor: name, status: 'Failed', failureReason: 'the label column is missing' })));
  });

  test('a violation of an unknown kind is refused by its place', async () => {
    reportOf('model-bias', [], { violations: [{ metric_name: 'DI', constraint_check_type: 'fairness', description: 'd', explanation: 'e' } as never] });
    await expect(publishOnly('model-bias')).rejects.toThrow(/summary\.json is not as expected:[^]*at violations\[0\]/);
  });
});
