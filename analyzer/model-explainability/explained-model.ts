import { GlobalShapValues, ModelExplainabilityAnalysis } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { Cell } from '../input/row';
import { Background, backgroundCells, featuresOf } from './background';
import { explainRows, globalAttributions } from './explanation';
import { Model } from './model';
import { Predictor } from './predictor';

/** Global SHAP values by label, as they stand in analysis.json. */
export type Attributions = Readonly<Record<string, GlobalShapValues>>;

/** What the features are worth to the model's scores of rows. */
export async function attributionsOf(
  rows: readonly (readonly Cell[])[], features: readonly string[], background: Background,
  predictor: Predictor, analysis: ModelExplainabilityAnalysis,
): Promise<Attributions> {
  const model = new Model(predictor, analysis.predictor, featuresOf(features, background));
  const labels = await explainRows(
    rows.map(row => model.cells(row)),
    backgroundCells(background, features).map(row => model.cells(row)),
    asked => model.score(asked),
    analysis,
  );
  const names = labelNames(labels.length, analysis.predictor.labelHeaders);
  return Object.fromEntries(labels.map(({ attributions, expectedValue }, label): [string, GlobalShapValues] => {
    const values = globalAttributions(attributions, analysis.aggregation);
    const named = Object.fromEntries(features.map((feature, index) => [feature, values[index] ?? 0]));
    return [names[label] ?? '', { global_shap_values: named, expected_value: expectedValue }];
  }));
}

/** The predictor that must be there. */
export function requirePredictor(predictor: Predictor | undefined): Predictor {
  if (predictor) return predictor;
  throw new AnalyzerError('explainability asks the model, but it is not known which; name the endpoint, or give the address of a local container');
}

function labelNames(count: number, headers: readonly string[] | undefined): readonly string[] {
  if (headers === undefined) return Array.from({ length: count }, (_, index) => `label${index}`);
  const repeated = headers.find((name, index) => headers.indexOf(name) !== index);
  if (repeated !== undefined) throw new AnalyzerError(`two scores are named "${repeated}" in labelHeaders; name each score once`);
  if (headers.length === count) return headers;
  throw new AnalyzerError(`the model answers ${count} score${count === 1 ? '' : 's'} a row, but labelHeaders has ${headers.length} (${headers.join(', ')}); name each score, or say which one is meant (scoreAttribute, --score)`);
}
