import { ModelQualityAnalysis, ModelQualityStatistics } from '../../lib/contract';
import { BinaryQuality } from './binary-quality';
import { MulticlassQuality } from './multiclass-quality';
import { Quality } from './quality';
import { RegressionQuality } from './regression-quality';

/** The kind that a monitor or a baseline is about, without a row. */
export function emptyQuality(analysis: ModelQualityAnalysis, baseline?: ModelQualityStatistics): Quality {
  switch (analysis.problemType) {
    case 'BinaryClassification': return new BinaryQuality(analysis, baseline);
    case 'MulticlassClassification': return new MulticlassQuality(analysis);
    case 'Regression': return new RegressionQuality(analysis);
  }
}
