import * as z from 'zod';
import { DATA_QUALITY, FEATURE_OVERRIDE } from '../../analyzer/analysis-schema';
import { readJson } from '../../analyzer/json-file';
import { DataQualityAnalysis } from '../../lib/contract';

/** The analysis in the words of `Monitor.dataQuality`; a word that is not among them would be without effect. */
const CONFIG = known(DATA_QUALITY.omit({ overrides: true }).partial().extend({
  featureOverrides: z.record(z.string(), known(FEATURE_OVERRIDE)).optional(),
}));

/** What the file says; without one, nothing. */
export function dataQualityFromConfig(file: string | undefined): Partial<DataQualityAnalysis> {
  if (file === undefined) return {};
  const { featureOverrides, ...analysis } = readJson(file, CONFIG, 'settings');
  return { ...analysis, ...(featureOverrides !== undefined && { overrides: featureOverrides }) };
}

/** The same object, which refuses other keys and names its own. */
function known<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape>): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(object.shape);
  return z.strictObject(object.shape, {
    error: issue => issue.code === 'unrecognized_keys' ? `there is no ${issue.keys.join(', ')}; there are ${keys.join(', ')}` : undefined,
  });
}
