import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BaselineJob, Cadence, ContainerImage, Dataset, DriftAlarm, DriftMetric, KmsEncryption, Monitor, MonitoringInput, MonitoringSchedule,
} from '../../lib';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { parseShift } from '../../rehearsal/traffic/planted-drift';
import { StackAssembly } from './sample-assembly';

/** A stack that watches an input of the churn model, without an endpoint. */
function watching(inputIn: (stack: Stack, bucket: s3.Bucket) => MonitoringInput): StackAssembly {
  return new StackAssembly((app: App) => {
    const stack = new Stack(app, 'Inputs');
    const encryption = new KmsEncryption(stack, 'Encryption');
    const bucket = encryption.addBucket('Data');
    const common = { bucket, image: ContainerImage.fromUri('123456789012.dkr.ecr.us-east-1.amazonaws.com/analyzer:1'), encryptionKey: encryption.key };
    const baseline = new BaselineJob(stack, 'Baseline', {
      ...common, dataset: Dataset.fromAsset('sample/churn/data/training.csv'), excludedColumns: ['churn'],
    });
    const schedule = new MonitoringSchedule(stack, 'Schedule', {
      ...common, input: inputIn(stack, bucket), monitors: [Monitor.dataQuality({ baseline })], cadence: Cadence.hourly(),
    });
    new DriftAlarm(stack, 'Drift', { schedule, metric: DriftMetric.featureDrift('income'), threshold: 0.2 });
    return stack;
  });
}

async function play(assembly: StackAssembly, options: Partial<RehearsalOptions> = {}): Promise<RehearsalOutcome> {
  return rehearse({
    assembly: assembly.folder, output: assembly.newFolder(), hours: 2, recordsPerHour: 1000, seed: 1, quietHours: [],
    plan: { calmHours: 1, planted: [parseShift('income=+40%')] }, observe: () => undefined, ...options,
  });
}

test.each<[string, (stack: Stack, bucket: s3.Bucket) => MonitoringInput]>([
  ['records of this account', (_, bucket) => MonitoringInput.captures({ bucket, prefix: 'records' })],
  ['records of another account', stack => MonitoringInput.captures({
    bucket: s3.Bucket.fromBucketAttributes(stack, 'Theirs', { bucketArn: 'arn:aws:s3:::theirs', account: '444455556666' }), prefix: 'records',
  })],
  ['batch transform jobs', (_, bucket) => MonitoringInput.batchTransform({
    captures: { bucket, prefix: 'captures' }, transformInput: { bucket, prefix: 'in' }, transformOutput: { bucket, prefix: 'out' }, joinsInput: true,
  })],
])('%s are watched as the traffic of an endpoint is', async (_, input) => {
  const assembly = watching(input);
  try {
    const outcome = await play(assembly);

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.hours.map(({ status, captured }) => [status, captured])).toEqual([['Completed', 1000], ['CompletedWithViolations', 1000]]);
    expect(outcome.alarms.map(({ metricName }) => metricName)).toEqual(['feature_baseline_drift_income']);
  } finally {
    assembly.remove();
  }
});
