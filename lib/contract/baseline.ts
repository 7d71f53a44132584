import { DatasetFormat } from './container';
import { JobConfig, TypedAnalysis } from './execution';

/** config.json of a baseline job. */
export type BaselineConfig = TypedAnalysis & {
  readonly datasetFormat: DatasetFormat;
};

/** Properties of the custom resource `Custom::ModelMonitorBaseline`; CloudFormation turns every number and boolean of theirs into a string. */
export interface BaselineRequest {
  /** The dataset: an object, or a folder with its trailing slash. */
  readonly datasetUri: string;
  /** Where the files go: the handler adds the hash of everything else, so that a rollback points back. No trailing slash. */
  readonly outputUri: string;
  readonly outputKmsKeyId?: string;
  /** A BaselineConfig as JSON text, so that the threshold 1 and the label '1' stay two things. */
  readonly config: string;
  readonly job: JobConfig;
}

/** Attributes of the custom resource. */
export interface BaselineAttributes {
  /** Absent of bias and explainability. */
  readonly StatisticsUri?: string;
  /** Of bias and explainability: analysis.json. */
  readonly ConstraintsUri: string;
  readonly JobName: string;
}
