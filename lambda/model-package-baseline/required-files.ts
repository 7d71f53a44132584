import { MonitorType } from '../../lib/contract';

/** Where DriftCheckBaselines names the files of a baseline, from section to section. */
export interface RequiredFiles {
  readonly constraints: readonly string[];
  /** Bias and explainability have none. */
  readonly statistics?: readonly string[];
}

const FILES: Readonly<Record<MonitorType, RequiredFiles>> = {
  'data-quality': { constraints: ['ModelDataQuality', 'Constraints'], statistics: ['ModelDataQuality', 'Statistics'] },
  'model-quality': { constraints: ['ModelQuality', 'Constraints'], statistics: ['ModelQuality', 'Statistics'] },
  // The monitor compares predictions, which are only measured after training.
  'model-bias': { constraints: ['Bias', 'PostTrainingConstraints'] },
  'model-explainability': { constraints: ['Explainability', 'Constraints'] },
};

/**
 * The files that a monitor compares with.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html
 */
export function requiredFiles(type: MonitorType): RequiredFiles {
  return FILES[type];
}
