import { ExecutionSummary } from '../../../lib/contract';
import { ProcessingJobEnd, processingJobStateChange } from '../../../rehearsal/aws';
import { execution, inputFolder, location, metricRecord, reportFolder, schedule, summary, window } from '../stage';
import { stage } from './publisher';

/** A job as start-monitoring-execution makes it, as far as its end is concerned. */
beforeEach(() => {
  stage.aws.s3.put('data', `${inputFolder}/config.json`, JSON.stringify({ schedule, window }));
  stage.aws.sageMaker.jobs.operations.CreateProcessingJob!.run({
    ProcessingJobName: execution,
    RoleArn: schedule.job.roleArn,
    AppSpecification: { ImageUri: schedule.job.imageUri },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    ProcessingInputs: [{ InputName: 'config', S3Input: { S3Uri: `s3://data/${inputFolder}/config.json`, LocalPath: '/opt/ml/processing/input/config', S3DataType: 'S3Prefix' } }],
  });
});

/** The job ends. */
export const end = (change: Partial<ProcessingJobEnd> = {}) => stage.aws.sageMaker.jobs.complete(execution, {
  status: 'Completed', startTime: new Date('2026-03-01T07:12:00Z'), endTime: new Date('2026-03-01T07:16:45Z'), ...change,
});

/** What EventBridge tells of it. */
export const event = () => processingJobStateChange(location, stage.aws.sageMaker.jobs.byName.get(execution)!, stage.now);

/** Writes what the data-quality monitor found. */
export const report = (lines: unknown[], change: Partial<ExecutionSummary> = {}) => {
  stage.aws.s3.put('data', `${reportFolder}/summary.json`, JSON.stringify({ ...summary, ...change }));
  stage.aws.s3.put('data', `${reportFolder}/metrics.jsonl`, lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
};

const features = ['income', 'payment_type', 'tenure', 'age', 'city'];
export const records = [
  ...features.flatMap(feature => [metricRecord(`feature_baseline_drift_${feature}`, 0.1), metricRecord(`feature_non_null_${feature}`, 100)]),
  metricRecord('baseline_drift_max', 0.4),
  metricRecord('violations', 2),
  metricRecord('records_captured', 100),
];
