import { DataQualityAnalysis } from '../../contract';
import { Problems } from '../../private/validation';
import { CaptureIndexName, ComparisonMethod, DataQualityAnalysisOptions } from '../data-quality-analysis';

/** The options with their defaults. */
export function dataQualityAnalysis(options: DataQualityAnalysisOptions): DataQualityAnalysis {
  return {
    captureIndexNames: options.captureIndexNames ?? [CaptureIndexName.ENDPOINT_INPUT],
    excludedColumns: options.excludedColumns ?? [],
    sensitiveColumns: options.sensitiveColumns ?? [],
    comparisonMethod: options.comparisonMethod ?? ComparisonMethod.ROBUST,
    comparisonThreshold: options.comparisonThreshold ?? 0.1,
    minimumRows: options.minimumRows ?? 200,
  };
}

/** Notes what is wrong with an analysis. */
export function checkAnalysis(analysis: DataQualityAnalysis, problems: Problems): void {
  const { captureIndexNames, comparisonThreshold, minimumRows, excludedColumns, sensitiveColumns } = analysis;
  problems.require(captureIndexNames.length > 0, 'captureIndexNames must name endpointInput, endpointOutput or both, got none');
  problems.require(comparisonThreshold >= 0 && comparisonThreshold <= 1, `comparisonThreshold must be between 0 and 1, got ${comparisonThreshold}`);
  problems.require(Number.isInteger(minimumRows) && minimumRows > 0, `minimumRows must be a whole number above 0, got ${minimumRows}`);
  const both = sensitiveColumns.filter(column => excludedColumns.includes(column));
  problems.require(both.length === 0, `a column is either excluded or sensitive, got both for ${both.join(', ')}; an excluded column is never written`);
}
