import { PredictorConfig } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Cell } from '../input/row';
import { parseAnswer, unevenScores } from './answer';
import { Scores } from './kernel-shap';
import { PacedCalls } from './paced-calls';
import { Predictor } from './predictor';
import { Feature, RequestFormat } from './request-format';

/** Below what an endpoint takes. */
const LARGEST_BODY = 5_000_000;

/** A model that is asked for scores, many rows to a request. */
export class Model {
  private readonly format: RequestFormat;
  private readonly calls: PacedCalls;
  /** How many scores a row has, as the first answer had it. */
  private labels: number | undefined;

  constructor(private readonly predictor: Predictor, private readonly config: PredictorConfig, features: readonly Feature[]) {
    this.format = new RequestFormat(config, features);
    this.calls = new PacedCalls(config);
  }

  /** The cells as they stand in a request. */
  cells(row: readonly Cell[]): string[] {
    return this.format.cells(row);
  }

  async score(rows: readonly (readonly string[])[]): Promise<Scores> {
    const { contentType, acceptType } = this.config;
    const answers = await this.calls.all([...this.requests(rows)], async request =>
      parseAnswer(await this.predictor.invoke(this.format.body(request), contentType, acceptType), request.length, this.config));
    const labels = this.labels ??= answers[0]?.labels ?? 0;
    const other = answers.find(answer => answer.labels !== labels);
    if (other) throw new AnalyzerError(unevenScores(labels, other.labels));
    const values = new Float64Array(rows.length * labels);
    let start = 0;
    for (const answer of answers) {
      values.set(answer.values, start);
      start += answer.values.length;
    }
    return { labels, values };
  }

  private* requests(rows: readonly (readonly string[])[]): Generator<string[]> {
    let request: string[] = [];
    let size = 0;
    for (const row of rows) {
      const text = this.format.row(row);
      if (request.length === this.config.rowsPerRequest || (size + text.length > LARGEST_BODY && request.length > 0)) {
        yield request;
        request = [];
        size = 0;
      }
      request.push(text);
      size += text.length + 1;
    }
    if (request.length > 0) yield request;
  }
}
