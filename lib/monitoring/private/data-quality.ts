import { DATA_QUALITY_DEFAULTS, DataQualityAnalysis } from '../../contract';
import { Problems } from '../../private/validation';
import { CaptureIndexName, DataQualityAnalysisOptions } from '../data-quality-analysis';
import { defined, requireCount, requireShare } from './analysis-rules';

/** The options with their defaults. */
export function dataQualityAnalysis(options: DataQualityAnalysisOptions): DataQualityAnalysis {
  return defined({
    captureIndexNames: options.captureIndexNames ?? [CaptureIndexName.ENDPOINT_INPUT],
    excludedColumns: options.excludedColumns ?? [],
    sensitiveColumns: options.sensitiveColumns ?? [],
    comparisonMethod: options.comparisonMethod ?? DATA_QUALITY_DEFAULTS.comparisonMethod,
    comparisonThreshold: options.comparisonThreshold ?? DATA_QUALITY_DEFAULTS.comparisonThreshold,
    minimumRows: options.minimumRows ?? DATA_QUALITY_DEFAULTS.minimumRows,
    categoricalMethod: options.categoricalMethod,
    overrides: options.featureOverrides,
  });
}

/** Notes what is wrong with an analysis. */
export function checkDataQuality(analysis: DataQualityAnalysis, problems: Problems): void {
  const { captureIndexNames, comparisonMethod, comparisonThreshold, minimumRows, excludedColumns, sensitiveColumns, overrides = {} } = analysis;
  problems.require(captureIndexNames.length > 0, 'captureIndexNames must name endpointInput, endpointOutput or both, got none');
  requireDistance(problems, 'comparisonThreshold', comparisonThreshold, comparisonMethod);
  requireCount(problems, 'minimumRows', minimumRows);
  const both = sensitiveColumns.filter(column => excludedColumns.includes(column));
  problems.require(both.length === 0, `a column is either excluded or sensitive, got both for ${both.join(', ')}; an excluded column is never written`);
  for (const [feature, override] of Object.entries(overrides)) {
    const name = `featureOverrides.${feature}`;
    problems.require(!excludedColumns.includes(feature), `${name} is about a column that excludedColumns leaves out: name it in one of them`);
    requireDistance(problems, `${name}.comparisonThreshold`, override.comparisonThreshold, override.comparisonMethod ?? comparisonMethod);
    requireShare(problems, `${name}.typeThreshold`, override.typeThreshold);
    requireShare(problems, `${name}.domainThreshold`, override.domainThreshold);
  }
}

/** The population stability index alone can exceed 1. */
function requireDistance(problems: Problems, name: string, value: number | undefined, method: DataQualityAnalysis['comparisonMethod']): void {
  if (method !== 'PopulationStabilityIndex') requireShare(problems, name, value);
  else problems.require(value === undefined || value >= 0, `${name} must be at least 0, got ${value}`);
}
