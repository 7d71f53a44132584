import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AnalysisJobOptions } from './analysis-job-options';
import { Cadence } from './cadence';
import { IEndpointCapture } from './endpoint-capture';
import { IGroundTruth } from './ground-truth';
import { Monitor } from './monitor';
import { MonitoringEngine } from './monitoring-engine';
import { MonitoringInput } from './monitoring-input';

/** Properties of a MonitoringSchedule. */
export interface MonitoringScheduleProps extends AnalysisJobOptions {
  /**
   * The endpoint whose traffic is watched: a MonitoredEndpoint, or `EndpointCapture.fromAttributes`.
   *
   * @default - `input` is what is watched
   */
  readonly endpoint?: IEndpointCapture;
  /**
   * What is watched instead of an endpoint, such as `MonitoringInput.captures`.
   *
   * @default - `endpoint` is what is watched
   */
  readonly input?: MonitoringInput;
  /** What is watched; at most one monitor of a kind. */
  readonly monitors: Monitor[];
  /**
   * Where labels are, for model quality and bias: a GroundTruthBucket, or `GroundTruth.fromBucket`.
   *
   * @default - there are none
   */
  readonly groundTruth?: IGroundTruth;
  /** Where reports go. */
  readonly bucket: s3.IBucket;
  /**
   * Folder in the bucket, without slashes around it.
   *
   * @default monitoring
   */
  readonly prefix?: string;
  /**
   * How often the traffic is analysed.
   *
   * @default Cadence.hourly()
   */
  readonly cadence?: Cadence;
  /**
   * Name in reports, in job names and in the dimension `MonitoringSchedule`: letters, digits and hyphens, at most 36.
   *
   * @default - generated from the construct's path
   */
  readonly scheduleName?: string;
  /**
   * Longest time that a job may take, less than the cadence.
   *
   * @default - 55 minutes when hourly, else 1 hour
   */
  readonly maxRuntime?: Duration;
  /**
   * What runs the executions.
   *
   * @default MonitoringEngine.processingJobs()
   */
  readonly engine?: MonitoringEngine;
}
