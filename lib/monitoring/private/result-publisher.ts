import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../../private/dead-letter-queue';
import { HandlerFunction } from '../../private/handler-function';
import { BoundSchedule } from './bound-schedule';
import { grantReporting } from './reporting';

/** End of a job → the function that publishes its results. */
export class ResultPublisher extends Construct {
  constructor(scope: Construct, id: string, schedule: BoundSchedule) {
    super(scope, id);
    const { encryptionKey, inputs, jobs } = schedule;
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { encryptionKey });
    const handler = new HandlerFunction(this, 'Handler', {
      asset: 'publish-monitoring-results',
      description: 'Publishes the metrics and events of a monitoring execution',
      timeout: Duration.minutes(2),
      encryptionKey,
      onFailure: deadLetterQueue,
    });
    for (const job of jobs) job.grantDescribe(handler);
    inputs.grantRead(handler);
    grantReporting(handler, schedule);

    new events.Rule(this, 'Ended', {
      description: 'A monitoring job has ended',
      eventPattern: {
        source: ['aws.sagemaker'],
        detailType: ['SageMaker Processing Job State Change'],
        detail: {
          ProcessingJobName: jobs.flatMap(job => events.Match.prefix(`${job.config.namePrefix}-`)),
          ProcessingJobStatus: ['Completed', 'Failed', 'Stopped'],
        },
      },
      targets: [new targets.LambdaFunction(handler.function, { deadLetterQueue, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
  }
}
