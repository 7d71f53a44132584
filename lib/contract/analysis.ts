import { DataQualityAnalysis } from './data-quality';
import { ModelBiasAnalysis } from './model-bias';
import { ModelExplainabilityAnalysis } from './model-explainability';
import { ModelQualityAnalysis } from './model-quality';
import { MonitorType } from './monitor-type';

/** What each kind of monitor analyses. */
export interface Analyses {
  'data-quality': DataQualityAnalysis;
  'model-quality': ModelQualityAnalysis;
  'model-bias': ModelBiasAnalysis;
  'model-explainability': ModelExplainabilityAnalysis;
}

/** A kind of monitor and what it analyses. */
export type TypedAnalysis = { readonly [T in MonitorType]: { readonly type: T; readonly analysis: Analyses[T] } }[MonitorType];

/** How long the labels take that a monitor needs (whole hours); `undefined` where it needs none. */
export function labelDelayHours({ analysis }: TypedAnalysis): number | undefined {
  return 'labelDelayHours' in analysis ? analysis.labelDelayHours : undefined;
}
