import { DATA_QUALITY_DEFAULTS, EXPLAINABILITY_DEFAULTS, PREDICTIONS_DEFAULTS, TypedAnalysis } from '../../../contract';

/** Options that AWS' containers have nothing like; they do without. */
export function ignoredOptions({ analysis }: TypedAnalysis): string[] {
  return Object.entries(deviations(analysis)).filter(([, deviates]) => deviates).map(([option]) => option);
}

/** Which options differ from what holds without them. */
function deviations(analysis: TypedAnalysis['analysis']): Readonly<Record<string, boolean>> {
  if ('comparisonMethod' in analysis) {
    return {
      comparisonMethod: analysis.comparisonMethod !== 'Robust' && analysis.comparisonMethod !== 'Simple',
      featureOverrides: analysis.overrides !== undefined,
      minimumRows: analysis.minimumRows !== DATA_QUALITY_DEFAULTS.minimumRows,
    };
  }
  if ('problemType' in analysis) {
    return {
      minimumRows: analysis.minimumRows !== PREDICTIONS_DEFAULTS.minimumRows,
      positiveLabel: analysis.positiveLabel !== undefined,
      tolerance: analysis.tolerance !== 0,
    };
  }
  if ('facets' in analysis) {
    return {
      biasConstraints: analysis.constraints !== undefined,
      biasMethod: analysis.method !== undefined && analysis.method !== 'Compatible',
      minimumRows: analysis.minimumRows !== PREDICTIONS_DEFAULTS.minimumRows,
    };
  }
  return {
    maximumRows: analysis.maximumRows !== EXPLAINABILITY_DEFAULTS.maximumRows,
    minimumRows: analysis.minimumRows !== EXPLAINABILITY_DEFAULTS.minimumRows,
    ndcgThreshold: analysis.ndcgThreshold !== EXPLAINABILITY_DEFAULTS.ndcgThreshold,
  };
}
