import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Analysis } from './analysis';
import { AnalysisJobOptions } from './analysis-job-options';
import { DataQualityAnalysisOptions } from './data-quality-analysis';
import { Dataset } from './dataset';

/** Properties of a BaselineJob. */
export interface BaselineJobProps extends AnalysisJobOptions, DataQualityAnalysisOptions {
  /** The data that the model was trained with. */
  readonly dataset: Dataset;
  /**
   * What is analysed: `Analysis.modelQuality(options)`, with the options of the monitor that compares with it.
   *
   * @default - data quality, as the other properties say
   */
  readonly analysis?: Analysis;
  /** Where the baseline goes. */
  readonly bucket: s3.IBucket;
  /**
   * Folder in the bucket, without slashes around it. Each configuration has a folder of its own in it, so that a rollback points back.
   *
   * @default baselines
   */
  readonly prefix?: string;
  /**
   * Longest time that the job may take: at most 50 minutes where the deployment waits for it, as CloudFormation waits for an hour; else 5 days.
   *
   * @default - 50 minutes where the deployment waits, else 1 day
   */
  readonly maxRuntime?: Duration;
  /**
   * Whether the deployment waits for the job, and fails with its reason. Without waiting, executions end as `BaselinePending` until the baseline
   * is there, and as `Failed` when its job failed.
   *
   * @default true
   */
  readonly waitForCompletion?: boolean;
}
