import {
  BaselineConfig, ConstraintViolations, ExecutionConfig, ExecutionSummary, MetricRecord, ModelQualityAnalysis, ModelQualityConstraints,
  ModelQualityStatistics, ModelQualityViolation, Window,
} from '../../../lib/contract';
import { WINDOW, Workspace } from '../workspace';

/** A probability decides; the label is in a column of its own. */
export const BINARY: ModelQualityAnalysis = {
  problemType: 'BinaryClassification', probabilityAttribute: 'probability', probabilityThreshold: 0.5, groundTruthAttribute: 'label',
  labelDelayHours: 0, tolerance: 0, minimumRows: 0,
};

/** The pair of files that a baseline job wrote. */
export interface QualityBaseline {
  readonly constraints: ModelQualityConstraints;
  readonly statistics: ModelQualityStatistics;
}

export interface QualityReport extends QualityBaseline {
  readonly violations: readonly ModelQualityViolation[];
  readonly summary: ExecutionSummary;
  readonly metrics: Readonly<Record<string, number>>;
  readonly rejected: readonly { file: string; line: number; reason: string }[];
  readonly html: string;
}

/** One captured answer and, where it is known, its label. */
export interface Answer {
  readonly output: string;
  readonly label?: string;
  readonly time?: string;
}

/** A folder that stands for /opt/ml in a job about model quality. */
export class QualityWorkspace extends Workspace {
  qualityBaselineOf(dataset: string, analysis: ModelQualityAnalysis = BINARY): this {
    return this
      .write('processing/input/dataset/validation.csv', dataset)
      .writeJson('processing/input/config/config.json', { type: 'model-quality', datasetFormat: { csv: { header: true } }, analysis } satisfies BaselineConfig);
  }

  /** An execution over answers, whose labels lie in a folder of the window's last hour. */
  qualityExecutionOf(baseline: QualityBaseline, answers: readonly Answer[], analysis: ModelQualityAnalysis = BINARY, window: Window = WINDOW): this {
    const captured = answers.map(({ output, time = '2026-01-31T09:30:00Z' }, index) => JSON.stringify({
      captureData: { endpointOutput: { data: output, encoding: output.startsWith('{') ? 'JSON' : 'CSV' } }, eventMetadata: { eventId: `id-${index}`, inferenceTime: time },
    }));
    const labels = answers.flatMap(({ label }, index) => label === undefined ? [] : [labelRecord(`id-${index}`, label)]);
    if (labels.length > 0) this.write('processing/groundtruth/2026/01/31/09/labels.jsonl', labels.join('\n'));
    return this
      .write('processing/input/dataset/a.jsonl', captured.join('\n'))
      .writeJson('processing/baseline/model-quality-constraints/constraints.json', baseline.constraints)
      .writeJson('processing/baseline/model-quality-statistics/statistics.json', baseline.statistics)
      .writeJson('processing/input/config/config.json', {
        window,
        schedule: {
          capture: { endpointName: 'churn', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
          groundTruth: { uri: 's3://bucket/labels' },
          monitors: [{ type: 'model-quality', name: 'hourly-model-quality', analysis }],
        },
      } satisfies { window: Window; schedule: Pick<ExecutionConfig['schedule'], 'capture' | 'groundTruth'> & { monitors: unknown[] } });
  }

  get qualityBaseline(): QualityBaseline {
    return {
      constraints: this.json('processing/output/constraints.json') as ModelQualityConstraints,
      statistics: this.json('processing/output/statistics.json') as ModelQualityStatistics,
    };
  }

  get qualityReport(): QualityReport {
    const folder = 'processing/output/model-quality';
    return {
      constraints: this.json(`${folder}/constraints.json`) as ModelQualityConstraints,
      statistics: this.json(`${folder}/statistics.json`) as ModelQualityStatistics,
      violations: (this.json(`${folder}/constraint_violations.json`) as ConstraintViolations).violations as ModelQualityViolation[],
      summary: this.json(`${folder}/summary.json`) as ExecutionSummary,
      metrics: Object.fromEntries((this.lines(`${folder}/metrics.jsonl`) as MetricRecord[]).map(({ MetricName, Value }) => [MetricName, Value ?? NaN])),
      rejected: this.lines(`${folder}/rejected.jsonl`) as QualityReport['rejected'],
      html: this.read(`${folder}/report.html`),
    };
  }
}

/** The shortest legal label record. */
export function labelRecord(eventId: string, data: string): string {
  return JSON.stringify({ groundTruthData: { data, encoding: data.startsWith('{') ? 'JSON' : 'CSV' }, eventMetadata: { eventId } });
}
