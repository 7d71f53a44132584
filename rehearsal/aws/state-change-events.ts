import { BusEvent } from './event-bridge';
import { AlarmTransition, MetricAlarm, isComposite } from './alarm';
import { Location, regionalArn } from './aws-call';
import { ProcessingJob } from './processing-jobs';

/** An event that a service itself sends; SageMaker may send the same more than once. */
function serviceEvent(
  location: Location, source: string, detailType: string, time: Date, resource: string, detail: Record<string, unknown>,
): BusEvent {
  return {
    'version': '0',
    'id': `${source}:${resource}:${time.toISOString()}`,
    'detail-type': detailType,
    source,
    'account': location.account,
    'time': `${time.toISOString().slice(0, 19)}Z`,
    'region': location.region,
    'resources': [resource],
    detail,
  };
}

/**
 * What SageMaker sends when a Processing job changes its state: no environment, tags or exit message;
 * enumerations in upper case; times in epoch milliseconds.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export function processingJobStateChange(location: Location, job: ProcessingJob, time: Date): BusEvent {
  const { request, arn, creationTime, end } = job;
  return serviceEvent(location, 'aws.sagemaker', 'SageMaker Processing Job State Change', time, arn, {
    ProcessingInputs: request.ProcessingInputs.map(input => ({
      ...input, S3Input: { ...input.S3Input, S3DataType: input.S3Input.S3DataType === 'ManifestFile' ? 'MANIFEST_FILE' : 'S3_PREFIX' },
    })),
    ProcessingOutputConfig: request.ProcessingOutputConfig,
    ProcessingJobName: request.ProcessingJobName,
    ProcessingResources: request.ProcessingResources,
    StoppingCondition: request.StoppingCondition,
    AppSpecification: request.AppSpecification,
    RoleArn: request.RoleArn,
    ProcessingJobArn: arn,
    ProcessingJobStatus: end?.status ?? 'InProgress',
    CreationTime: creationTime.getTime(),
    LastModifiedTime: (end?.endTime ?? creationTime).getTime(),
    ...(end && { FailureReason: end.failureReason, ProcessingStartTime: end.startTime.getTime(), ProcessingEndTime: end.endTime.getTime() }),
  });
}

/**
 * What CloudWatch sends when an alarm changes its state.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmStateChange(location: Location, { alarm, previous, state, reason, time }: AlarmTransition): BusEvent {
  const timestamp = time.toISOString().replace('Z', '+0000');
  const arn = regionalArn(location, 'cloudwatch', `alarm:${alarm.name}`);
  return serviceEvent(location, 'aws.cloudwatch', 'CloudWatch Alarm State Change', time, arn, {
    alarmName: alarm.name,
    state: { value: state, reason, timestamp },
    previousState: { value: previous, timestamp },
    configuration: isComposite(alarm) ? { alarmRule: alarm.rule.text } : { metrics: watchedMetrics(alarm) },
  });
}

function watchedMetrics({ expressions = [], metrics, period }: MetricAlarm): object[] {
  return [
    ...expressions.map(({ id, math }, index) => ({ id, expression: math.text, returnData: index === expressions.length - 1 })),
    ...metrics.map(({ id, namespace, metricName, dimensions, statistic }) => ({
      id,
      metricStat: { metric: { namespace, name: metricName, dimensions }, period, stat: statistic },
      returnData: expressions.length === 0,
    })),
  ];
}

/** An object as an event tells it. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  /** Quoted, as the API has it. */
  readonly etag: string;
  readonly size: number;
}

/**
 * What S3 sends when an object was stored.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreated(location: Location, { bucket, key, etag, size }: CreatedObject, time: Date): BusEvent {
  return serviceEvent(location, 'aws.s3', 'Object Created', time, `arn:${location.partition}:s3:::${bucket}`, {
    'version': '0',
    'bucket': { name: bucket },
    'object': { key, size, etag: etag.replaceAll('"', ''), sequencer: time.getTime().toString(16).toUpperCase().padStart(18, '0') },
    'request-id': 'rehearsal',
    'requester': location.account,
    'reason': 'PutObject',
  });
}
