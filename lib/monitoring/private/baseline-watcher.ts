import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { BASELINE_NAMESPACE, BaselineChange } from '../../contract';
import { DeadLetterQueue } from '../../private/dead-letter-queue';
import { notifyEventBridge } from '../../private/event-bridge-notifications';
import { grant } from '../../private/grants';
import { HandlerFunction } from '../../private/handler-function';
import { oncePerStack } from '../../private/once-per-stack';
import { queuedHandler } from '../../private/queued-handler';
import { admitRules } from '../../private/rule-permission';
import { DatasetPlace } from './watched-place';

/** New datasets and ends of jobs → queue → the function that keeps baselines current, for all baselines of a stack that need it. */
export class BaselineWatcher extends Construct {
  /** That of the stack and the key. */
  public static of(user: IConstruct, encryptionKey: kms.IKey | undefined): BaselineWatcher {
    return oncePerStack(user, 'WatchOfBaselines', encryptionKey, (stack, id) => new BaselineWatcher(stack, id, encryptionKey));
  }

  /** The function. */
  public readonly handler: HandlerFunction;
  private readonly deadLetterQueue: DeadLetterQueue;
  private readonly queue: sqs.Queue;

  private constructor(scope: Construct, id: string, encryptionKey: kms.IKey | undefined) {
    super(scope, id);
    const { deadLetterQueue, handler, queue } = queuedHandler(this, {
      asset: 'baseline-job',
      entry: 'onChange',
      description: 'Makes baselines of new datasets, and makes them current when their jobs have ended',
      encryptionKey,
    });
    this.deadLetterQueue = deadLetterQueue;
    this.queue = queue;
    this.handler = handler;
    grant(handler, {
      actions: ['cloudwatch:PutMetricData'],
      resourceArns: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': BASELINE_NAMESPACE } },
      reason: 'PutMetricData knows no resource; the namespace bounds it.',
    });
    for (const target of [queue, deadLetterQueue]) admitRules(target);
  }

  /** Has what was made become current when a job has ended whose name begins so. */
  public followJobs(scope: Construct, namePrefix: string): void {
    this.rule(scope, 'JobEnded', 'The job of a baseline has ended', { jobName: events.EventField.fromPath('$.detail.ProcessingJobName') }, {
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Processing Job State Change'],
      detail: { ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'], ProcessingJobName: events.Match.prefix(`${namePrefix}-`) },
    });
  }

  /** Has a baseline made of each dataset that arrives. */
  public watch(scope: Construct, { bucket, key }: DatasetPlace, watchUri: string): void {
    notifyEventBridge(scope, bucket);
    this.rule(scope, 'DatasetArrived', 'A dataset was written whose baseline is watched', { watchUri }, {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: key.endsWith('/') ? events.Match.prefix(key) : [key] } },
    });
  }

  private rule(scope: Construct, id: string, description: string, change: BaselineChange, eventPattern: events.EventPattern): void {
    const target = {
      arn: this.queue.queueArn,
      input: events.RuleTargetInput.fromObject(change),
      deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
    };
    new events.Rule(scope, id, { description, eventPattern, targets: [{ bind: () => target }] });
  }
}
