import { TypedAnalysis } from './analysis';
import { DatasetFormat } from './container';
import { JobConfig } from './job';
import { MonitorType } from './monitor-type';

/** config.json of a baseline job. */
export type BaselineConfig = TypedAnalysis & {
  readonly datasetFormat: DatasetFormat;
};

/** The files of a baseline. */
export interface BaselineFiles {
  /** Absent of bias and explainability. */
  readonly statisticsUri?: string;
  /** Of bias and explainability: analysis.json. */
  readonly constraintsUri: string;
}

/** What a monitor compares with: the files, or current.json, which tells them at the time of an execution; config.json of its job has both then. */
export type BaselineReference
  = (BaselineFiles & { readonly currentUri?: string })
    | { readonly currentUri: string; readonly constraintsUri?: undefined };

/** current.json: the newest baseline that is finished. It is not there before the first attempt has ended. */
export interface CurrentBaseline {
  /** Absent until one is finished. */
  readonly files?: BaselineFiles;
  /** When the dataset of these files was written, where the newest object is watched; that of an older one does not take their place. */
  readonly datasetTime?: string;
  /** Why an attempt failed of which no later one has succeeded. */
  readonly failure?: { readonly job: string; readonly reason: string; readonly datasetTime?: string };
}

/** attempt.json, beside the config.json of a baseline job: what its end means. */
export interface BaselineAttempt {
  /** How the names of the baseline's jobs begin. */
  readonly namePrefix: string;
  readonly currentUri: string;
  readonly files: BaselineFiles;
  readonly datasetTime?: string;
}

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
  /** Whether the deployment goes on while the job runs; absent: it waits. */
  readonly continues?: boolean;
  /** Where the handler notes this request for whoever hears of a newer dataset: then the dataset is the newest object of `datasetUri`. */
  readonly watchUri?: string;
}

/** What reaches the handler through its queue: that a dataset was written whose baseline is watched, or that a job has ended. */
export type BaselineChange = { readonly watchUri: string } | { readonly jobName: string };

/** Attributes of the custom resource. */
export interface BaselineAttributes {
  /** Absent of bias and explainability, and where only current.json tells. */
  readonly StatisticsUri?: string;
  /** Of bias and explainability: analysis.json. Absent where only current.json tells. */
  readonly ConstraintsUri?: string;
  /** current.json, where a baseline changes without a deployment or is finished after it. */
  readonly CurrentUri?: string;
  readonly JobName: string;
}

/** Properties of the custom resource `Custom::ModelPackageBaseline`. */
export interface ModelPackageBaselineRequest {
  readonly modelPackageArn: string;
  readonly monitorType: MonitorType;
}

/** Attributes of the custom resource: where the files are, and the ARNs by which a role may read them. */
export interface ModelPackageBaselineAttributes {
  /** Absent of bias and explainability, as is its ARN. */
  readonly StatisticsUri?: string;
  readonly StatisticsArn?: string;
  readonly StatisticsBucketArn?: string;
  readonly StatisticsKey?: string;
  /** Of bias and explainability: analysis.json. */
  readonly ConstraintsUri: string;
  readonly ConstraintsArn: string;
  readonly ConstraintsBucketArn: string;
  readonly ConstraintsKey: string;
}
