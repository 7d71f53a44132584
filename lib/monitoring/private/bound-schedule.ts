import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import { MonitorType, ScheduleConfig } from '../../contract';
import { S3Location } from '../../private/s3-location';
import { IBaseline } from '../baseline';
import { Cadence } from '../cadence';
import { AnalysisJob } from './analysis-job';
import { AskedModel } from './schedule-jobs';

/** A schedule as its engine sees it. */
export interface BoundSchedule {
  readonly cadence: Cadence;
  readonly monitorTypes: readonly MonitorType[];
  /** The isolated one, and the one that asks the model. */
  readonly jobs: readonly AnalysisJob[];
  /** The models that the second asks. */
  readonly asked: readonly AskedModel[];
  /** Hours of captured traffic. */
  readonly captures: S3Location;
  /** The endpoint that is watched, if it is one. */
  readonly endpointName: string | undefined;
  /** Hours of labels. */
  readonly groundTruth: S3Location | undefined;
  /** What executions are told: manifest and configuration. */
  readonly inputs: S3Location;
  /** That of each monitor. */
  readonly baselines: ReadonlyMap<MonitorType, IBaseline>;
  /** What each monitor found. */
  readonly reports: readonly S3Location[];
  readonly encryptionKey: kms.IKey | undefined;
  /** Key of the bucket that reports go to. */
  readonly outputKey: kms.IKey | undefined;
  /** Those that watch it; complete only at synthesis. */
  readonly alarms: readonly cloudwatch.Alarm[];
  /** Complete only at synthesis: alarms that are made later name their features in it. */
  config(): ScheduleConfig;
}
