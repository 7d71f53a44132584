import * as z from 'zod';
import { MonitorType } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { readBaseline as readDataQuality } from './data-quality/baseline';
import { readJson } from './json-file';
import { readAnalysisFile } from './model-bias/analysis-file';
import { readBaseline as readExplainability } from './model-explainability/baseline';
import { readBaseline as readModelQuality } from './model-quality/baseline';
import { problemTypeOf } from './model-quality/constraints';

/**
 * Reads the files of a baseline as a monitor would, and tells of which kind of monitor they are.
 *
 * @throws AnalyzerError that names the file and the first field that is not as expected.
 */
export function checkBaseline(constraints: string, statistics?: string): MonitorType {
  const content = readJson(constraints, z.looseObject({}), 'baseline constraints');
  if ('features' in content) {
    readDataQuality(constraints, statistics);
    return 'data-quality';
  }
  if ('explanations' in content) {
    readExplainability(constraints);
    return 'model-explainability';
  }
  if ('pre_training_bias_metrics' in content || 'post_training_bias_metrics' in content) {
    readAnalysisFile(constraints);
    return 'model-bias';
  }
  const problemType = problemTypeOf({ version: 0, ...content });
  if (problemType === undefined) {
    throw new AnalyzerError(`the baseline constraints in ${constraints} are of no monitor: they have neither features, explanations nor constraints on quality or bias`);
  }
  readModelQuality(constraints, statistics, problemType);
  return 'model-quality';
}
