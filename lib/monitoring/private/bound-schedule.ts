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
  /** Folders of the inputs and of each monitor's reports. */
  readonly folders: readonly S3Location[];
  readonly encryptionKey: kms.IKey | undefined;
  /** Complete only at synthesis: alarms that are made later name their features in it. */
  config(): ScheduleConfig;
}
