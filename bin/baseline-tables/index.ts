import * as z from 'zod';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { readBaseline } from '../../analyzer/data-quality/baseline';
import { readJson } from '../../analyzer/json-file';
import { baselineTables } from '../../rehearsal/report/baseline-tables';
import { BaselineFiles } from '../analysis/baseline-files';
import { BIAS_FILE, biasTables } from './model-bias';
import { EXPLAINABILITY_FILE, explainabilityTables } from './model-explainability';
import { QUALITY_FILE, qualityTables } from './model-quality';

const OF_COLUMNS = z.looseObject({ features: z.array(z.unknown()) });

/** A baseline as people read it, of whichever monitor it is. */
export function showBaseline({ constraints, statistics }: BaselineFiles): string {
  const content = readJson(constraints, z.looseObject({}), 'baseline');
  if ('explanations' in content) return explainabilityTables(readJson(constraints, EXPLAINABILITY_FILE, 'baseline'));
  if ('pre_training_bias_metrics' in content || 'post_training_bias_metrics' in content) return biasTables(readJson(constraints, BIAS_FILE, 'baseline'));
  if (statistics === undefined) throw new AnalyzerError(`statistics.json is not beside ${constraints}`);
  if (!OF_COLUMNS.safeParse(content).success) return qualityTables(readJson(statistics, QUALITY_FILE, 'statistics'), readJson(constraints, QUALITY_FILE, 'constraints'));
  const baseline = readBaseline(constraints, statistics);
  if (baseline.statistics === undefined) throw new AnalyzerError(`statistics.json is not beside ${constraints}`);
  return baselineTables(baseline.statistics, baseline.constraints);
}
