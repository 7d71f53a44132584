import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BaselineFailedAlarm, BaselineJob, BaselineJobProps, ContainerImage, DataCapture, Dataset, DriftAlarm, DriftMetric, Hosting, IBaseline,
  KmsEncryption, ModelData, Monitor, MonitoredEndpoint, MonitoringSchedule,
} from '../../lib';

const SAMPLE = 'sample/churn';
const NO_FEATURES = { excludedColumns: ['churn'] };

/** Customers whom the churn model was trained with. */
export const TRAINING = path.join(SAMPLE, 'data/training.csv');

/** What every construct of the stack is given. */
interface Shared {
  readonly bucket: s3.Bucket;
  readonly image: ContainerImage;
  readonly encryptionKey: kms.Key;
}

/** An endpoint whose requests are compared with one baseline or another, and an alarm on the drift of one feature. */
export class BaselineStack extends Stack {
  /** A baseline of whatever is the newest dataset. */
  public static watched(props: Pick<BaselineJobProps, 'waitForCompletion'> = {}): (stack: Stack, shared: Shared) => IBaseline {
    return (stack, shared) => new BaselineJob(stack, 'Baseline', { ...shared, ...NO_FEATURES, ...props, dataset: Dataset.watch(shared.bucket, 'training/') });
  }

  constructor(scope: App, baselineIn: (stack: Stack, shared: Shared) => IBaseline) {
    super(scope, 'Compared');
    const encryption = new KmsEncryption(this, 'Encryption');
    const bucket = encryption.addBucket('Data');
    const image = ContainerImage.fromUri('123456789012.dkr.ecr.eu-west-1.amazonaws.com/analyzer:1');
    const shared = { bucket, image, encryptionKey: encryption.key };
    const endpoint = new MonitoredEndpoint(this, 'Endpoint', {
      ...shared, modelData: ModelData.fromAsset(path.join(SAMPLE, 'model/model.tar.gz')), dataCapture: DataCapture.toBucket(bucket),
      hosting: Hosting.instances({ instanceType: 'ml.m5.large' }),
    });
    const baseline = baselineIn(this, shared);
    if (baseline instanceof BaselineJob) new BaselineFailedAlarm(this, 'BaselineFailed', { baseline });
    const monitors = [Monitor.dataQuality({ ...NO_FEATURES, baseline })];
    const schedule = new MonitoringSchedule(this, 'Schedule', { ...shared, endpoint, monitors });
    new DriftAlarm(this, 'IncomeDrift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
  }
}
