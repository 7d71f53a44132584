import { TypedAnalysis } from '../../../contract';

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
      minimumRows: analysis.minimumRows !== 200,
    };
  }
  if ('problemType' in analysis) {
    return { minimumRows: analysis.minimumRows !== 200, positiveLabel: analysis.positiveLabel !== undefined, tolerance: analysis.tolerance !== 0 };
  }
  if ('facets' in analysis) {
    return {
      biasConstraints: analysis.constraints !== undefined,
      biasMethod: analysis.method !== undefined && analysis.method !== 'Compatible',
      minimumRows: analysis.minimumRows !== 200,
    };
  }
  return {
    maximumRows: analysis.maximumRows !== 300, minimumRows: analysis.minimumRows !== 30, ndcgThreshold: analysis.ndcgThreshold !== 0.9,
  };
}
