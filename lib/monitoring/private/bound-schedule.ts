import * as kms from 'aws-cdk-lib/aws-kms';
import { ScheduleConfig } from '../../contract';
import { S3Location } from '../../private/s3-location';
import { Cadence } from '../cadence';
import { AnalysisJob } from './analysis-job';

/** A schedule as its engine sees it. */
export interface BoundSchedule {
  readonly cadence: Cadence;
  readonly job: AnalysisJob;
  /** Hours of captured traffic. */
  readonly capture: S3Location;
  /** What executions are told: manifest and configuration. */
  readonly inputs: S3Location;
  /** What each monitor found. */
  readonly reports: readonly S3Location[];
  readonly encryptionKey: kms.IKey | undefined;
  /** Complete only at synthesis: alarms that are made later name their features in it. */
  config(): ScheduleConfig;
}
