import { DescribeProcessingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { executionsOf } from '../../lambda/start-monitoring-execution/executions';
import { executionJobName, scheduledWindow, Window } from '../../lib/contract';
import { findSchedule } from './deployed-schedule';

/** An execution that was asked for. */
export interface AskedExecution {
  readonly schedule: string;
  readonly window: Window;
  /** Names of the jobs to come. */
  readonly jobs: readonly string[];
}

/** Asks for an execution of the window that ends at an hour, as the Scheduler does. */
export async function startExecution(name: string, end: string): Promise<AskedExecution> {
  const { config: schedule, queueArn, requestAt } = await findSchedule(name);
  const window = scheduledWindow(end, schedule);
  const jobs = executionsOf({ schedule, window }).map(({ config }) => executionJobName(config.schedule.job.namePrefix, window));
  for (const job of jobs) await refuseExisting(job);
  await send(queueArn, requestAt(end));
  return { schedule: name, window, jobs };
}

/** A window is executed once: a request for another time would be passed over without a word. */
async function refuseExisting(job: string): Promise<void> {
  const status = await new SageMakerClient({}).send(new DescribeProcessingJobCommand({ ProcessingJobName: job })).then(
    ({ ProcessingJobStatus }) => ProcessingJobStatus,
    (error: unknown) => {
      if (error instanceof Error && /could not find/i.test(error.message)) return undefined;
      throw error;
    },
  );
  if (status !== undefined) throw new AnalyzerError(`this window was executed before, by the job ${job} (${status}): choose another with --end`);
}

async function send(queueArn: string, body: string): Promise<void> {
  const [account, queue] = queueArn.split(':').slice(-2);
  // The queue's URL tells which queue, not where to ask: that is AWS_ENDPOINT_URL's to say.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue, QueueOwnerAWSAccountId: account }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}
