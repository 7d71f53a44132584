import {
  BaselineConfig, BiasAnalysisFile, BiasMetric, ConstraintViolations, ExecutionConfig, ExecutionSummary, MetricRecord, ModelBiasAnalysis,
  ModelBiasViolation, Window,
} from '../../../lib/contract';
import { labelRecord } from '../model-quality/quality-workspace';
import { WINDOW, Workspace } from '../workspace';

/** Loans: approved or not, to people of either sex, in three branches. */
export const LOANS: ModelBiasAnalysis = {
  label: 'repaid', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'sex', valueOrThreshold: ['f'] }], groupVariable: 'branch',
  inferenceAttribute: 'approved', probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 30,
};

export interface BiasExecutionReport {
  readonly analysis: BiasAnalysisFile;
  readonly violations: readonly ModelBiasViolation[];
  readonly summary: ExecutionSummary;
  readonly metrics: readonly MetricRecord[];
  readonly rejected: readonly { file: string; line: number; reason: string }[];
  readonly html: string;
}

/** What the endpoint was asked and answered, and, where it is known, what was right. */
export interface Exchange {
  readonly input: string;
  readonly output: string;
  readonly label?: string;
}

/** A folder that stands for /opt/ml in a job about bias. */
export class BiasWorkspace extends Workspace {
  biasBaselineOf(dataset: string, analysis: ModelBiasAnalysis = LOANS, datasetFormat: BaselineConfig['datasetFormat'] = { csv: { header: true } }): this {
    return this
      .write('processing/input/dataset/train.txt', dataset)
      .writeJson('processing/input/config/config.json', { type: 'model-bias', datasetFormat, analysis } satisfies BaselineConfig);
  }

  biasExecutionOf(baseline: BiasAnalysisFile, exchanges: readonly Exchange[], analysis: ModelBiasAnalysis = LOANS, window: Window = WINDOW): this {
    const encoding = (data: string): string => data.startsWith('{') ? 'JSON' : 'CSV';
    const captured = exchanges.map(({ input, output }, index) => JSON.stringify({
      captureData: { endpointInput: { data: input, encoding: encoding(input) }, endpointOutput: { data: output, encoding: encoding(output) } },
      eventMetadata: { eventId: `id-${index}`, inferenceTime: '2026-01-31T09:30:00Z' },
    }));
    const labels = exchanges.flatMap(({ label }, index) => label === undefined ? [] : [labelRecord(`id-${index}`, label)]);
    return this
      .write('processing/input/dataset/a.jsonl', captured.join('\n'))
      .write('processing/groundtruth/2026/01/31/09/labels.jsonl', labels.join('\n'))
      .writeJson('processing/baseline/model-bias-constraints/analysis.json', baseline)
      .writeJson('processing/input/config/config.json', {
        window,
        schedule: {
          capture: { endpointName: 'loans', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
          groundTruth: { uri: 's3://bucket/labels' },
          monitors: [{ type: 'model-bias', name: 'hourly-model-bias', analysis }],
        },
      } satisfies { window: Window; schedule: Pick<ExecutionConfig['schedule'], 'capture' | 'groundTruth'> & { monitors: unknown[] } });
  }

  get biasBaseline(): BiasAnalysisFile {
    return this.json('processing/output/analysis.json') as BiasAnalysisFile;
  }

  get biasReport(): BiasExecutionReport {
    const folder = 'processing/output/model-bias';
    return {
      analysis: this.json(`${folder}/analysis.json`) as BiasAnalysisFile,
      violations: (this.json(`${folder}/constraint_violations.json`) as ConstraintViolations).violations as ModelBiasViolation[],
      summary: this.json(`${folder}/summary.json`) as ExecutionSummary,
      metrics: this.lines(`${folder}/metrics.jsonl`) as MetricRecord[],
      rejected: this.lines(`${folder}/rejected.jsonl`) as BiasExecutionReport['rejected'],
      html: this.read(`${folder}/report.html`),
    };
  }
}

/** The metrics of one group by name, of both stages. */
export function metricsOf(file: BiasAnalysisFile, facet: string, group: string): Readonly<Record<string, BiasMetric>> {
  const entries = [file.pre_training_bias_metrics, file.post_training_bias_metrics].flatMap(report => report?.facets[facet] ?? []);
  const metrics = entries.filter(({ value_or_threshold: text }) => text === group).flatMap(entry => entry.metrics);
  return Object.fromEntries(metrics.map(metric => [metric.name, metric]));
}
