import { Duration } from 'aws-cdk-lib';
import { BucketFolder } from './bucket-folder';

/** How the lines are written down that batch transform jobs read and write. */
export enum TransformFormat {
  /** Comma-separated values, without a header. */
  CSV = 'CSV',
  /** A JSON document a line. */
  JSON_LINES = 'JSON',
}

/** Batch transform jobs, and what they capture. Each splits what it reads at line ends, and writes a line for each. */
export interface BatchTransformOptions {
  /** `DestinationS3Uri` of the jobs' data capture. */
  readonly captures: BucketFolder;
  /**
   * Folder that holds all that the jobs read.
   *
   * @default - no monitor looks at what they read
   */
  readonly transformInput?: BucketFolder;
  /**
   * Folder that holds all that the jobs write. Each job has to write below a path of its own: what a later one writes over cannot be analysed.
   *
   * @default - no monitor looks at what they write
   */
  readonly transformOutput?: BucketFolder;
  /**
   * How both are written down.
   *
   * @default TransformFormat.CSV
   */
  readonly format?: TransformFormat;
  /**
   * Whether the jobs' `DataProcessing.JoinSource` is `Input`, so that each line of CSV that they write begins with the one that they have read.
   * In JSON lines that shows by itself.
   *
   * @default false
   */
  readonly joinsInput?: boolean;
  /**
   * No job takes longer. A job captures when it ends, for the hour in which it began, so that windows are analysed so much later. Whole hours.
   *
   * @default Duration.hours(1)
   */
  readonly longestTransform?: Duration;
}
