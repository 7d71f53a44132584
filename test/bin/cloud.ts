import { createHash } from 'node:crypto';
import { MONITORING_TYPES, MonitorType, ScheduleConfig } from '../../lib/contract';
import { AwsError, MonitoringSchedules, S3 } from '../../rehearsal/aws';
import { WireRequest, WireResponse } from '../../rehearsal/aws/exchange';
import { HttpServer } from '../../rehearsal/aws/http-server';
import { s3Protocol } from '../../rehearsal/aws/s3-protocol';

const LOCATION = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const QUEUE = 'start-of-executions';

/** A request to an endpoint. */
export interface Invocation {
  readonly endpoint: string;
  readonly id: string;
  readonly contentType: string;
  readonly body: string;
}

/** What a job definition of the managed service tells of its place. */
interface ManagedPlace {
  readonly outputUri: string;
  readonly endpointName: string;
  readonly groundTruthUri?: string;
}

/** The part of AWS that the command line asks of a deployed stack, on this machine. */
export class Cloud {
  readonly s3 = new S3(() => new Date());
  /** The Scheduler's schedules: what they call, and with what. */
  readonly schedules = new Map<string, { Arn: string; Input?: string }>();
  /** What endpoints were asked, in order. */
  readonly invocations: Invocation[] = [];
  /** What they answer. */
  respond: (invocation: Invocation) => WireResponse = () => ({ status: 200, headers: { 'content-type': 'text/csv' }, body: '0' });
  /** What queues hold. */
  readonly messages: { readonly queueUrl: string; readonly body: unknown }[] = [];
  /** Processing jobs, the newest first. */
  readonly jobs: { ProcessingJobName: string; ProcessingJobStatus: string; CreationTime: number; ExitMessage?: string }[] = [];
  /** Executions of the managed service. */
  readonly managed = new MonitoringSchedules(LOCATION, () => this.now);
  /** When something happens to them. */
  now = new Date('2026-03-01T00:00:00Z');
  /** Job definitions of the managed service, by the name of their schedule. */
  private readonly definitions = new Map<string, object>();
  private readonly protocol = s3Protocol(this.s3, LOCATION);
  private readonly server = new HttpServer(request => Promise.resolve(this.answer(request)));

  /** Starts serving; resolves to the environment of who asks. */
  async open(): Promise<Record<string, string>> {
    this.s3.createBucket('data');
    const endpoint = await this.server.listen();
    return { AWS_ENDPOINT_URL: endpoint, AWS_REGION: LOCATION.region, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Deploys a schedule. */
  deploy(schedule: ScheduleConfig): void {
    this.schedules.set(`Stack-${schedule.name}-1ABC`, {
      Arn: `arn:aws:sqs:${LOCATION.region}:${LOCATION.account}:${QUEUE}`,
      Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>', schedule }),
    });
  }

  /** Deploys a schedule of the managed service. */
  deployManaged(name: string, type: MonitorType, expression: string, { outputUri, endpointName, groundTruthUri }: ManagedPlace): void {
    const kind = MONITORING_TYPES[type];
    const labels = groundTruthUri !== undefined && { GroundTruthS3Input: { S3Uri: groundTruthUri } };
    this.managed.create(name, { MonitoringType: kind, MonitoringJobDefinitionName: name, ScheduleConfig: { ScheduleExpression: expression } });
    this.definitions.set(name, {
      [`${kind}JobInput`]: { EndpointInput: { EndpointName: endpointName }, ...labels },
      [`${kind}JobOutputConfig`]: { MonitoringOutputs: [{ S3Output: { S3Uri: outputUri } }] },
    });
  }

  /** Puts JSON into the bucket. */
  put(key: string, content: unknown): void {
    this.s3.put('data', key, JSON.stringify(content));
  }

  private answer(request: WireRequest): WireResponse {
    try {
      if (request.path.startsWith('/schedules')) return this.schedule(decodeURIComponent(request.path.split('/')[2] ?? ''));
      if (request.path.startsWith('/endpoints/')) return this.invoke(request);
      const target = request.headers['x-amz-target'] ?? '';
      if (/^SageMaker\..*(Monitoring|JobDefinition)/.test(target)) return this.askManaged(target.slice('SageMaker.'.length), request);
      switch (target) {
        case 'SageMaker.ListProcessingJobs': return this.listJobs(request);
        case 'SageMaker.DescribeProcessingJob': return this.describeJob(request);
        case 'AmazonSQS.GetQueueUrl': return json({ QueueUrl: queueUrl(request) });
        case 'AmazonSQS.SendMessage': return this.sendMessage(request);
      }
      return this.protocol.read(request).run();
    } catch (error) {
      if (error instanceof AwsError) return this.protocol.refuse(error, request);
      throw error;
    }
  }

  private askManaged(operation: string, { body }: WireRequest): WireResponse {
    const input = JSON.parse(body.toString()) as { readonly JobDefinitionName?: string };
    if (operation === 'ListMonitoringSchedules') {
      return json({ MonitoringScheduleSummaries: [...this.definitions.keys()].map(MonitoringScheduleName => ({ MonitoringScheduleName })) });
    }
    const { JobDefinitionName: definition } = input;
    return json(definition === undefined ? this.managed.operations[operation]?.run(input) : this.definitions.get(definition));
  }

  private invoke({ path, headers, body }: WireRequest): WireResponse {
    const { 'content-type': contentType = '', 'x-amzn-sagemaker-inference-id': id = '' } = headers;
    const invocation = { endpoint: decodeURIComponent(path.split('/')[2] ?? ''), id, contentType, body: body.toString() };
    this.invocations.push(invocation);
    return this.respond(invocation);
  }

  private listJobs({ body }: WireRequest): WireResponse {
    const { NameContains = '', MaxResults = 10, NextToken = '0' } = JSON.parse(body.toString()) as { NameContains?: string; MaxResults?: number; NextToken?: string };
    const [from, found] = [Number(NextToken), this.jobs.filter(({ ProcessingJobName }) => ProcessingJobName.includes(NameContains))];
    const end = from + MaxResults;
    return json({ ProcessingJobSummaries: found.slice(from, end), ...(end < found.length && { NextToken: String(end) }) });
  }

  private describeJob({ body }: WireRequest): WireResponse {
    const { ProcessingJobName } = JSON.parse(body.toString()) as { ProcessingJobName: string };
    const job = this.jobs.find(one => one.ProcessingJobName === ProcessingJobName);
    return job === undefined ? json({ __type: 'ValidationException', message: 'Could not find requested job' }, 400) : json(job);
  }

  private sendMessage({ body }: WireRequest): WireResponse {
    const { QueueUrl, MessageBody } = JSON.parse(body.toString()) as { QueueUrl: string; MessageBody: string };
    this.messages.push({ queueUrl: QueueUrl, body: JSON.parse(MessageBody) as unknown });
    return json({ MessageId: 'm', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') });
  }

  private schedule(name: string): WireResponse {
    if (name !== '') return json({ Name: name, Target: this.schedules.get(name) });
    return json({ Schedules: [...this.schedules].map(([Name, { Arn }]) => ({ Name, GroupName: 'default', Target: { Arn } })) });
  }
}

function queueUrl({ body }: WireRequest): string {
  const { QueueName, QueueOwnerAWSAccountId } = JSON.parse(body.toString()) as { QueueName: string; QueueOwnerAWSAccountId: string };
  return `https://sqs.example/${QueueOwnerAWSAccountId}/${QueueName}`;
}

/** An answer in JSON. */
export function json(content: unknown, status = 200): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
