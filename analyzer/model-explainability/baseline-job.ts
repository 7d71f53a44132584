import path from 'node:path';
import { ExplainabilityAnalysisFile, ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readInput } from '../input/read';
import { Cell, Origin, Rejection, Row } from '../input/row';
import { timeSpan } from '../input/time-span';
import { makeFolder, writeJson } from '../output';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { Background, summarizedBackground } from './background';
import { attributionsOf, requirePredictor } from './explained-model';
import { FeatureColumns } from './feature-columns';
import { RowSample } from '../observation/row-sample';

/** So many rows tell what is usual. */
const SUMMARIZED_ROWS = 10_000;

type Task = TaskOf<BaselineTask, 'model-explainability'>;

/** Explains the model's scores of a dataset, and writes what the features are worth to them. */
export async function makeModelExplainabilityBaseline(task: Task): Promise<void> {
  const { analysis, output } = task;
  const predictor = requirePredictor(task.predictor);
  makeFolder(output);
  const { rows, features } = await readRows(task);
  const background = analysis.background ?? summarizedBackground(rows);
  const sample = new RowSample<readonly Cell[]>(analysis.maximumRows);
  for (const row of rows) sample.add(row);
  const attributions = await attributionsOf(sample.rows(), features, background, predictor, analysis);
  writeJson(output, ReportFile.ANALYSIS, {
    version: '1.0', explanations: { kernel_shap: attributions }, background: inFileOrder(background, features, analysis.headers),
  } satisfies ExplainabilityAnalysisFile);
}

async function readRows({ dataset, format, output, analysis }: Task): Promise<{ rows: readonly (readonly Cell[])[]; features: readonly string[] }> {
  const sample = new RowSample<readonly Cell[]>(SUMMARIZED_ROWS);
  const rejected = new RejectedLog(path.join(output, ReportFile.REJECTED), false);
  let columns: FeatureColumns | undefined;
  const take = (rowsOf: () => readonly Row[], origin: Origin): void => {
    try {
      const taken = rowsOf().map((row) => {
        columns ??= FeatureColumns.of(row, analysis.headers, analysis.excludedColumns);
        return columns.cells(row);
      });
      for (const cells of taken) sample.add(cells);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      rejected.add(origin, error.message);
    }
  };
  await readInput(dataset, format, [{
    span: timeSpan(undefined),
    row: (row, origin) => {
      take(() => [row], origin);
    },
    request: (request, origin) => {
      take(() => request.rows('endpointInput'), origin);
    },
    reject: (origin, reason) => {
      rejected.add(origin, reason);
    },
    outside: () => undefined,
  }]);
  rejected.close();
  if (columns === undefined || sample.seen === 0) {
    throw new AnalyzerError(`the baseline dataset has no row to explain (${rejected.count} rejected); check its files and the dataset format`);
  }
  return { rows: sample.rows(), features: columns.names };
}

/** Columns as the file names the features: JavaScript puts names that are whole numbers first. */
function inFileOrder(background: Background, features: readonly string[], headers: readonly string[] | undefined): Background {
  const order = Object.keys(Object.fromEntries(features.map(name => [name, 0])));
  const places = order.map(name => features.indexOf(name));
  if (headers === undefined && places.some((place, index) => place !== index)) {
    throw new AnalyzerError(`columns whose names are whole numbers lose their order in analysis.json; give headers, in the order in which the model wants them: ${features.join(', ')}`);
  }
  return background.map(row => places.map(place => row[place] ?? null));
}
