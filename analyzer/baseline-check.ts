import * as z from 'zod';
import { MonitorType } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { readBaseline as readDataQuality } from './data-quality/baseline';
import { readJson } from './json-file';
import { readAnalysisFile } from './model-bias/analysis-file';
import { readBaseline as readExplainability } from './model-explainability/baseline';
import { readBaseline as readModelQuality } from './model-quality/baseline';
import { CONSTRAINTS_KEYS, problemTypeOf } from './model-quality/constraints';

/** By what the file of a monitor's baseline is known. Clarify may have written one for two of them. */
const KEYS = [
  ['data-quality', ['features']],
  ['model-explainability', ['explanations']],
  ['model-bias', ['pre_training_bias_metrics', 'post_training_bias_metrics']],
  ['model-quality', Object.values(CONSTRAINTS_KEYS)],
] as const satisfies readonly (readonly [MonitorType, readonly string[]])[];

/** The monitors that the content of a baseline's file is for. */
export function monitorsOf(content: Readonly<Record<string, unknown>>): MonitorType[] {
  return KEYS.flatMap(([type, keys]) => keys.some(key => content[key] !== undefined) ? [type] : []);
}

/**
 * Reads the files of a baseline as a monitor would, and tells of which kind of monitor they are.
 *
 * @throws AnalyzerError that names the file and the first field that is not as expected.
 */
export function checkBaseline(constraints: string, statistics?: string): MonitorType {
  const content = readJson(constraints, z.looseObject({}), 'baseline constraints');
  const [type] = monitorsOf(content);
  const problemType = problemTypeOf({ version: 0, ...content });
  if (type === undefined) {
    throw new AnalyzerError(`the baseline constraints in ${constraints} are of no monitor: they have neither features, explanations nor constraints on quality or bias`);
  }
  if (type === 'data-quality') readDataQuality(constraints, statistics);
  else if (type === 'model-explainability') readExplainability(constraints);
  else if (type === 'model-bias') readAnalysisFile(constraints);
  else if (problemType !== undefined) readModelQuality(constraints, statistics, problemType);
  return type;
}
