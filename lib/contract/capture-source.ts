/** Where requests and their answers were captured. */
export interface CaptureSource {
  /** `DestinationS3Uri` of an endpoint's or a transform job's data capture, else the folder that holds the years; no trailing slash. */
  readonly uri: string;
  /** The endpoint that captured; absent where others did, by the hour in the same form. */
  readonly endpointName?: string;
  readonly variantName?: string;
  /** Account that owns the bucket, where it is another one. */
  readonly bucketOwner?: string;
  /** The batch transform jobs that captured. */
  readonly transform?: TransformSource;
}

/**
 * Batch transform jobs. They capture manifests, `input/yyyy/mm/dd/hh/….json` and `output/…` of the hour in which a job began: what it read and wrote.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
 */
export interface TransformSource {
  /** Folder of what the jobs read, no trailing slash; absent where no monitor looks at it. */
  readonly inputUri?: string;
  /** Folder of what they write; absent where no monitor looks at it. */
  readonly outputUri?: string;
  /** How a line of either is written down; each is a request, or its answer. */
  readonly encoding: 'CSV' | 'JSON';
  /** Whether lines of CSV that they write begin with what they read. */
  readonly joinsInput: boolean;
  /** Whole hours after which every job of an hour has ended. */
  readonly longestHours: number;
}

/** What a transform job made of one file. */
export interface TransformedFile {
  /** The hour in which the job began: ISO 8601, UTC. */
  readonly hour: string;
  /** The file below the folder of inputs. */
  readonly input?: string;
  /** The file below the folder of outputs. */
  readonly output?: string;
}
