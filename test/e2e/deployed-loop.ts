import { CloudWatchClient, DescribeAlarmsCommand, GetMetricStatisticsCommand, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListPipelineExecutionsCommand, ListProcessingJobsCommand, PipelineExecutionSummary, ProcessingJobSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { DetailType, ExecutionResult, parseS3Uri, ReportFile, Violation } from '../../lib/contract';
import { CaptureStream } from '../../rehearsal/traffic/capture-stream';
import { readTable } from '../../rehearsal/traffic/table-file';
import { DriftPlan, QuietHours, SampledTraffic } from '../../rehearsal/traffic/traffic';
import { sampleConfig } from './cdk-cli';
import { EmulatorProcess } from './emulator-process';
import { BusEvent, EventRecorder } from './event-recorder';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The traffic of a deployed loop. */
export interface TrafficPlan {
  readonly hours: number;
  readonly recordsPerHour: number;
  readonly seed: number;
  readonly plan: DriftPlan;
  readonly quietHours: readonly number[];
}

/** What came of one hour. */
export interface HourResult {
  /** What the publisher told; one for each execution, if it tells once. */
  readonly results: readonly ExecutionResult[];
  readonly violations: readonly Violation[];
  /** Names of the metrics whose alarms were raised. */
  readonly raised: readonly string[];
  readonly events: readonly BusEvent[];
}

/** The sample stack in the emulator, with traffic, seen through AWS' APIs only. */
export class DeployedLoop {
  /** Prepares the traffic; its first hour begins with the next full hour. */
  public static async open(emulator: EmulatorProcess, outputs: Readonly<Record<string, string>>, plan: TrafficPlan): Promise<DeployedLoop> {
    // While the stack was deployed, the CDK's waiter threw in order to be asked again.
    await emulator.settle();
    const start = new Date(Math.ceil((await emulator.now()).getTime() / HOUR) * HOUR);
    const { dataset } = sampleConfig();
    const table = await readTable(dataset.trainingData, { csv: { header: true } });
    const traffic = new SampledTraffic({ ...plan, table, columns: { input: dataset.features, output: [dataset.label] } });
    const captures = new CaptureStream({
      traffic: new QuietHours(traffic, plan.quietHours),
      settings: { destinationUri: `s3://${outputs.BucketName ?? ''}/capture`, samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] },
      endpointName: outputs.EndpointName ?? '', variantName: 'AllTraffic', start, hours: plan.hours, seed: plan.seed,
    });
    return new DeployedLoop(emulator, await EventRecorder.listen(emulator), outputs, captures, start);
  }

  private readonly s3: S3Client;
  private readonly sageMaker: SageMakerClient;
  private readonly cloudWatch: CloudWatchClient;

  private constructor(
    private readonly emulator: EmulatorProcess,
    private readonly recorder: EventRecorder,
    private readonly outputs: Readonly<Record<string, string>>,
    private readonly captures: CaptureStream,
    private readonly start: Date,
  ) {
    this.s3 = new S3Client(emulator.client);
    this.sageMaker = new SageMakerClient(emulator.client);
    this.cloudWatch = new CloudWatchClient(emulator.client);
  }

  /** An instant of an hour of traffic, counted from 0. */
  public instant(hour: number, minute: number): Date {
    return new Date(this.start.getTime() + hour * HOUR + minute * MINUTE);
  }

  /** Passes the hour before the traffic, whose schedules find an endpoint that nobody has asked yet. */
  public async begin(): Promise<HourResult> {
    return this.passTo(this.instant(0, 30));
  }

  /** Delivers an hour's captures, lets the schedules start what they start, and waits for all that follows. */
  public async play(hour: number): Promise<HourResult> {
    await this.deliver(this.instant(hour + 1, 3));
    return this.passTo(this.instant(hour + 1, 10));
  }

  /** Moves on to an instant, waits for all that follows, and tells what it was. Fails when a function did. */
  public async passTo(instant: Date): Promise<HourResult> {
    await this.emulator.skipTo(instant);
    const failures = await this.emulator.settle();
    if (failures.length > 0) throw new Error(`functions failed:\n${failures.join('\n')}`);
    const events = await this.recorder.take();
    const results = events.filter(event => event['detail-type'] === DetailType.EXECUTION_COMPLETED).map(({ detail }) => detail as unknown as ExecutionResult);
    const reports = new Set(results.filter(({ status }) => status.startsWith('Completed')).map(({ reportUri }) => reportUri));
    const violations = await Promise.all([...reports].map(async uri =>
      (JSON.parse(await this.read(`${uri}/${ReportFile.VIOLATIONS}`)) as { violations: Violation[] }).violations));
    const raisedArns = events.filter(({ source, detail }) => source === 'aws.cloudwatch' && (detail.state as { value: string }).value === 'ALARM')
      .flatMap(({ resources }) => resources);
    const alarms = await this.alarms();
    const raised = raisedArns.map(arn => alarms.find(({ AlarmArn }) => AlarmArn === arn)?.MetricName ?? arn).sort();
    return { results, violations: violations.flat(), raised, events };
  }

  /** The stack's alarms. */
  public async alarms(): Promise<MetricAlarm[]> {
    const { MetricAlarms = [] } = await this.cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    return MetricAlarms;
  }

  /** Executions of the training pipeline, newest first. */
  public async pipelineExecutions(): Promise<PipelineExecutionSummary[]> {
    const { PipelineName } = this.outputs;
    const { PipelineExecutionSummaries = [] } = await this.sageMaker.send(new ListPipelineExecutionsCommand({ PipelineName }));
    return PipelineExecutionSummaries;
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

  private async deliver(instant: Date): Promise<void> {
    await Promise.all(this.captures.closedBy(instant).map(({ uri, body }) => {
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
