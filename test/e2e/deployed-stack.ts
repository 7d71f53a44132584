import { CloudWatchClient, DescribeAlarmsCommand, GetMetricStatisticsCommand, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListProcessingJobsCommand, ProcessingJobSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { DetailType, ExecutionResult, parseS3Uri, ReportFile, Violation } from '../../lib/contract';
import { EmulatorProcess } from './emulator-process';
import { BusEvent, EventRecorder } from './event-recorder';

const HOUR = 3_600_000;

/** What came of a span of time. */
export interface Happenings {
  /** What the publisher told; one for each monitor of an execution, if it tells once. */
  readonly results: readonly ExecutionResult[];
  readonly violations: readonly Violation[];
  /** Names of the metrics whose alarms were raised; composites have none. */
  readonly raised: readonly string[];
  readonly events: readonly BusEvent[];
}

/** Moves time on. */
interface Time {
  skipTo(instant: Date): Promise<void>;
}

/** A stack in the emulator, seen through AWS' APIs only. */
export class DeployedStack {
  /**
   * Begins to listen.
   *
   * @param time what passes, and all that happens meanwhile
   */
  public static async open(emulator: EmulatorProcess, time: Time = emulator): Promise<DeployedStack> {
    // While the stack was deployed, the CDK's waiter threw in order to be asked again.
    await emulator.settle();
    return new DeployedStack(emulator, time, await EventRecorder.listen(emulator));
  }

  private readonly s3: S3Client;
  private readonly sageMaker: SageMakerClient;
  private readonly cloudWatch: CloudWatchClient;

  private constructor(private readonly emulator: EmulatorProcess, private readonly time: Time, private readonly recorder: EventRecorder) {
    this.s3 = new S3Client(emulator.client);
    this.sageMaker = new SageMakerClient(emulator.client);
    this.cloudWatch = new CloudWatchClient(emulator.client);
  }

  /** Moves on to an instant, waits for all that follows, and tells what it was. Fails when a function did. */
  public async passTo(instant: Date): Promise<Happenings> {
    await this.time.skipTo(instant);
    await this.emulator.rest();
    const events = await this.recorder.take();
    const results = events.filter(event => event['detail-type'] === DetailType.EXECUTION_COMPLETED).map(({ detail }) => detail as unknown as ExecutionResult);
    const reports = new Set(results.filter(({ status }) => status.startsWith('Completed')).map(({ reportUri }) => reportUri));
    const violations = await Promise.all([...reports].map(reportUri => this.violations({ reportUri })));
    const raisedArns = events.filter(({ source, detail }) => source === 'aws.cloudwatch' && (detail.state as { value: string }).value === 'ALARM')
      .flatMap(({ resources }) => resources);
    const alarms = await this.alarms();
    const raised = raisedArns.flatMap(arn => alarms.find(({ AlarmArn }) => AlarmArn === arn)?.MetricName ?? []).sort();
    return { results, violations: violations.flat(), raised, events };
  }

  /** What a result's report holds. */
  public async violations({ reportUri }: Pick<ExecutionResult, 'reportUri'>): Promise<Violation[]> {
    return (JSON.parse(await this.read(`${reportUri}/${ReportFile.VIOLATIONS}`)) as { violations: Violation[] }).violations;
  }

  /** The stack's alarms. */
  public async alarms(): Promise<MetricAlarm[]> {
    const { MetricAlarms = [] } = await this.cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    return MetricAlarms;
  }

  /** States of the stack's composite alarms. */
  public async compositeStates(): Promise<(string | undefined)[]> {
    const { CompositeAlarms = [] } = await this.cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }));
    return CompositeAlarms.map(({ StateValue }) => StateValue);
  }

  /** Processing jobs of the account, newest first. */
  public async jobs(): Promise<ProcessingJobSummary[]> {
    const { ProcessingJobSummaries = [] } = await this.sageMaker.send(new ListProcessingJobsCommand({ MaxResults: 100 }));
    return ProcessingJobSummaries;
  }

  /** How many data of a metric of the monitor were published in the last hour. */
  public async publications(metricName: string, instant: Date): Promise<number> {
    const alarm = (await this.alarms()).find(({ MetricName }) => MetricName === metricName);
    const { Datapoints = [] } = await this.cloudWatch.send(new GetMetricStatisticsCommand({
      Namespace: alarm?.Namespace, MetricName: metricName, Dimensions: alarm?.Dimensions,
      StartTime: new Date(instant.getTime() - HOUR), EndTime: instant, Period: 60, Statistics: ['SampleCount'],
    }));
    return Datapoints.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0);
  }

  /** Puts files where they belong. */
  public async put(files: readonly { readonly uri: string; readonly body: string }[]): Promise<void> {
    await Promise.all(files.map(({ uri, body }) => {
      const { bucket: Bucket, key: Key } = parseS3Uri(uri);
      return this.s3.send(new PutObjectCommand({ Bucket, Key, Body: body }));
    }));
  }

  /** A text in S3. */
  public async read(uri: string): Promise<string> {
    const { bucket: Bucket, key: Key } = parseS3Uri(uri);
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToString() ?? '';
  }
}
