import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  BaselineConfig, ConstraintViolations, DatasetFormat, ExecutionSummary, ExplainabilityAnalysisFile, MetricRecord, ModelExplainabilityAnalysis,
  ModelExplainabilityViolation, PredictorConfig,
} from '../../../lib/contract';
import { ANALYZER, Ended, WINDOW, Workspace } from '../workspace';

export const PREDICTOR: PredictorConfig = {
  contentType: 'text/csv', acceptType: 'text/csv', rowsPerRequest: 200, concurrency: 2, requestsPerSecond: 1000,
};
export const ANALYSIS: ModelExplainabilityAnalysis = {
  excludedColumns: [], maximumRows: 50, aggregation: 'mean_abs', useLogit: false, predictor: PREDICTOR, ndcgThreshold: 0.9, minimumRows: 10,
};

/** What a test changes of the analysis; of the predictor it names only what differs. */
export type AnalysisChange = Partial<Omit<ModelExplainabilityAnalysis, 'predictor'>> & { readonly predictor?: Partial<PredictorConfig> };

/** A folder that stands for /opt/ml in the job that explains. */
export class ExplanationWorkspace extends Workspace {
  baselineFrom(dataset: string, change: AnalysisChange = {}, datasetFormat: DatasetFormat = { csv: { header: true } }): this {
    return this
      .write('processing/input/dataset/train.csv', dataset)
      .writeJson('processing/input/config/config.json', {
        type: 'model-explainability', datasetFormat, analysis: analysisWith(change),
      } satisfies BaselineConfig);
  }

  executionFrom(baseline: unknown, captured: Readonly<Record<string, string>>, change: AnalysisChange = {}): this {
    for (const [file, content] of Object.entries(captured)) this.write(`processing/input/dataset/${file}`, content);
    return this
      .writeJson('processing/baseline/model-explainability-constraints/analysis.json', baseline)
      .writeJson('processing/input/config/config.json', {
        window: WINDOW,
        schedule: {
          capture: { endpointName: 'lending', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
          monitors: [{ type: 'model-explainability', name: 'hourly-model-explainability', analysis: analysisWith(change) }],
        },
      });
  }

  /** Runs the bundle that ships while this process goes on, as the model is here. */
  async explain(invocations?: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const given = invocations === undefined ? [] : ['--invocations', invocations];
    const child = spawn(process.execPath, [path.join(ANALYZER, 'index.js'), '--root', this.root, ...given], {
      env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const status = await new Promise<number | null>(resolve => child.on('close', resolve));
    return { status, stderr, message: this.exists('output/message') ? this.read('output/message') : '' };
  }

  get baselineAnalysis(): ExplainabilityAnalysisFile {
    return this.json('processing/output/analysis.json') as ExplainabilityAnalysisFile;
  }

  get findings(): Findings {
    const folder = 'processing/output/model-explainability';
    return {
      analysis: this.exists(`${folder}/analysis.json`) ? this.json(`${folder}/analysis.json`) as ExplainabilityAnalysisFile : undefined,
      violations: this.json(`${folder}/constraint_violations.json`) as ConstraintViolations & { violations: ModelExplainabilityViolation[] },
      summary: this.json(`${folder}/summary.json`) as ExecutionSummary,
      metrics: this.lines(`${folder}/metrics.jsonl`) as MetricRecord[],
      rejected: this.lines(`${folder}/rejected.jsonl`) as Findings['rejected'],
      html: this.read(`${folder}/report.html`),
    };
  }
}

export interface Findings {
  readonly analysis: ExplainabilityAnalysisFile | undefined;
  readonly violations: ConstraintViolations & { readonly violations: readonly ModelExplainabilityViolation[] };
  readonly summary: ExecutionSummary;
  readonly metrics: readonly MetricRecord[];
  readonly rejected: readonly { readonly reason: string }[];
  readonly html: string;
}

function analysisWith({ predictor, ...change }: AnalysisChange): ModelExplainabilityAnalysis {
  return { ...ANALYSIS, ...change, predictor: { ...PREDICTOR, ...predictor } };
}
