import { BiasWorkspace } from './model-bias/bias-workspace';
import { QualityWorkspace } from './model-quality/quality-workspace';
import { record } from './workspace';

const made: { remove(): void }[] = [];
function kept<Made extends { remove(): void }>(workspace: Made): Made {
  made.push(workspace);
  return workspace;
}
afterAll(() => {
  for (const each of made) each.remove();
});

/** What the service's merge job writes. */
function merged(input: string, output: string, label: string, ids: { readonly eventId: string; readonly inferenceId?: string }): string {
  const captured = JSON.parse(record(input, { output })) as { eventMetadata: object };
  return JSON.stringify({ ...captured, groundTruthData: { data: label, encoding: 'CSV' }, eventMetadata: { ...captured.eventMetadata, ...ids } });
}
const MERGED = {
  dataset_format: '{"sagemakerMergeJson":{"captureIndexNames":["endpointOutput"],"originalDatasetFormat":null}}',
  dataset_source: '/opt/ml/merged', output_path: '/opt/ml/out',
  start_time: '2026-01-31T09:00:00Z', end_time: '2026-01-31T10:00:00Z', publish_cloudwatch_metrics: 'Enabled',
  sagemaker_endpoint_name: 'loans', sagemaker_monitoring_schedule_name: 'daily',
};

test('captures into which the service has merged the labels hold both, whichever id joined them', () => {
  const baseline = kept(new QualityWorkspace()).qualityBaselineOf('probability,label\n0.9,1\n0.1,0');
  baseline.run();
  const execution = kept(new QualityWorkspace())
    .write('merged/a.jsonl', [merged('1', '0.9', '1', { eventId: 'e1' }), merged('1', '0.9', '0', { eventId: 'e2', inferenceId: 'mine' })].join('\n'))
    .writeJson('constraints/constraints.json', baseline.qualityBaseline.constraints);

  expect(execution.run({
    ...MERGED, analysis_type: 'MODEL_QUALITY', problem_type: 'BinaryClassification', baseline_constraints: '/opt/ml/constraints', probability_attribute: '0',
  })).toMatchObject({ status: 0, message: 'CompletedWithViolations: Job completed successfully with 8 violations.' });
  expect(execution.json('out/summary.json')).toMatchObject({ monitor: 'daily', records: { captured: 2, analysed: 2, labelled: 2, unmatchedLabels: 0 } });
});

describe('Clarify\'s configuration', () => {
  const CONFIG = {
    headers: ['sex', 'amount', 'repaid'], label: 'repaid', label_values_or_threshold: [1], facet: [{ name_or_index: 'sex', value_or_threshold: ['f'] }],
  };
  const PLACE = '/opt/ml/processing/input/config';
  const JOB = { ProcessingInputs: [{ InputName: 'analysis_config', S3Input: { S3Uri: 's3://assets/0a1b.json', LocalPath: PLACE } }] };
  const rows = Array.from({ length: 80 }, (_, index) => ({ sex: index % 2 === 0 ? 'f' : 'm', approved: Number(index % 4 !== 0), repaid: Number(index % 5 !== 0) }));
  const execution = (config: unknown): BiasWorkspace => {
    const dataset = ['sex,amount,approved,repaid', ...rows.map(({ sex, approved, repaid }) => `${sex},10,${approved},${repaid}`)].join('\n');
    const baseline = kept(new BiasWorkspace()).biasBaselineOf(dataset, {
      label: 'repaid', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }], inferenceAttribute: 'approved',
      probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 30,
    });
    expect(baseline.run()).toMatchObject({ status: 0 });
    return kept(new BiasWorkspace())
      .write('merged/a.jsonl', rows.map(({ sex, approved, repaid }, index) => merged(`${sex},10`, `${approved},0.5`, String(repaid), { eventId: `e${index}` })).join('\n'))
      .writeJson('constraints/analysis.json', baseline.biasBaseline)
      .writeJson('config/processingjobconfig.json', JOB)
      .writeJson('processing/input/config/0a1b.json', config);
  };
  const ENVIRONMENT = { ...MERGED, baseline_constraints: '/opt/ml/constraints/analysis.json', inference_attribute: '0' };

  test('is found by the name of the job\'s input, and says what bias is looked for', () => {
    const job = execution(CONFIG);

    expect(job.run(ENVIRONMENT)).toMatchObject({ status: 0, stderr: '' });
    const metrics = job.lines('output/metrics/cloudwatch/cloudwatch_metrics.jsonl') as { MetricName: string; Value: number; Dimensions: object[] }[];
    expect(metrics.find(({ MetricName }) => MetricName === 'bias_metric_DI')).toMatchObject({
      Value: 0.5,
      Dimensions: expect.arrayContaining([{ Name: 'Endpoint', Value: 'loans' }, { Name: 'FacetValue', Value: 'f' }]),
    });
  });

  test('that is not as Clarify wants it ends the job with the names of the fields', () => {
    expect(execution({ ...CONFIG, facet: 'sex' }).run(ENVIRONMENT))
      .toMatchObject({ status: 1, message: expect.stringMatching(/^Failed: the analysis configuration is not as expected: facet: must be a list/) });
  });
});
