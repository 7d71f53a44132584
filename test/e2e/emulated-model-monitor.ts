import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeMonitoringScheduleCommand, DescribeProcessingJobCommand,
  paginateListMonitoringSchedules, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeJobDefinition } from '../../bin/aws/job-definition';
import { METRIC_NAMESPACES, MONITOR_TYPES, MONITORING_TYPES, parseS3Uri } from '../../lib/contract';
import { ProcessingJobEnd, ProcessingJobRequest } from '../../rehearsal/aws';
import { captureSettings } from '../../rehearsal/player/monitored-endpoint';
import { capturedSides } from '../../rehearsal/player/model-monitor/captured-sides';
import { Execution } from '../../rehearsal/player/model-monitor/execution';
import { ExecutedSchedule } from '../../rehearsal/player/model-monitor/execution-jobs';
import { jobDefinition, JobDefinition } from '../../rehearsal/player/model-monitor/job-definition';
import { cadenceHours, dueTimes } from '../../rehearsal/player/model-monitor/offsets';
import { EmulatorProcess, REGION } from './emulator-process';

const HOUR = 3_600_000;
const POLL = 100;

/** A schedule as it is deployed. */
interface DeployedSchedule extends ExecutedSchedule {
  readonly expression: string;
}

/** SageMaker Model Monitor in the emulator: what its executions do, the rehearsal tells; their jobs run in the emulator, with their own roles. */
export class EmulatedModelMonitor {
  private readonly sageMaker: SageMakerClient;
  private readonly s3: S3Client;

  constructor(private readonly emulator: EmulatorProcess) {
    this.sageMaker = new SageMakerClient(emulator.client);
    this.s3 = new S3Client(emulator.client);
  }

  /** Moves on to an instant; executions that are due on the way run to their end. */
  public async skipTo(instant: Date): Promise<void> {
    const now = await this.emulator.now();
    const due = (await this.schedules()).flatMap(schedule => dueTimes(schedule.expression, new Date(now.getTime() - HOUR), instant)
      .filter(({ moment }) => moment > now && moment <= instant).map(times => ({ schedule, ...times })));
    for (const moment of [...new Set(due.map(each => each.moment.getTime()))].sort((a, b) => a - b)) {
      await this.emulator.skipTo(new Date(moment));
      const begun = due.filter(each => each.moment.getTime() === moment);
      const jobs = await Promise.all(begun.map(({ schedule, time }) => this.execute(schedule, time)));
      // What follows a job, follows it at once.
      if (jobs.some(ran => ran > 0)) await this.emulator.rest();
    }
    await this.emulator.skipTo(instant);
  }

  /** Returns how many jobs ran. */
  private async execute(schedule: DeployedSchedule, time: Date): Promise<number> {
    const id = await this.emulator.beginExecution(schedule.name, time);
    if (id === undefined) return 0;
    const execution = new Execution(schedule, time, folderUri => this.holds(folderUri));
    let [step, jobs] = [await execution.begin(), 0];
    for (; step.job !== undefined; jobs++) {
      await this.emulator.runJob(id, step.job, METRIC_NAMESPACES[schedule.definition.type]);
      step = await execution.after({ request: step.job, ...await this.end(step.job) });
    }
    await this.emulator.concludeExecution(id, step.end);
    return jobs;
  }

  /** Waits for the end of a job. */
  private async end({ ProcessingJobName }: ProcessingJobRequest): Promise<Pick<ProcessingJobEnd, 'status' | 'exitMessage' | 'failureReason'>> {
    for (;;) {
      const job = await this.sageMaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
      const { ProcessingJobStatus: status, ExitMessage: exitMessage, FailureReason: failureReason } = job;
      if (status === 'Completed' || status === 'Failed' || status === 'Stopped') return { status, exitMessage, failureReason };
      await sleep(POLL);
    }
  }

  private async schedules(): Promise<DeployedSchedule[]> {
    const schedules: DeployedSchedule[] = [];
    for await (const { MonitoringScheduleSummaries = [] } of paginateListMonitoringSchedules({ client: this.sageMaker }, {})) {
      for (const { MonitoringScheduleName: name = '' } of MonitoringScheduleSummaries) schedules.push(await this.schedule(name));
    }
    return schedules;
  }

  private async schedule(name: string): Promise<DeployedSchedule> {
    const { MonitoringScheduleConfig: config } = await this.sageMaker.send(new DescribeMonitoringScheduleCommand({ MonitoringScheduleName: name }));
    const type = MONITOR_TYPES.find(each => MONITORING_TYPES[each] === config?.MonitoringType);
    const expression = config?.ScheduleConfig?.ScheduleExpression;
    if (type === undefined || expression === undefined) throw new Error(`the emulator does not play the schedule ${name}: ${JSON.stringify(config)}`);
    const definition = jobDefinition(type, await describeJobDefinition(this.sageMaker, type, config?.MonitoringJobDefinitionName ?? ''), name);
    return {
      name, expression, definition, cadenceHours: cadenceHours(expression), environment: { region: REGION, urlSuffix: 'amazonaws.com' },
      ...await this.captured(definition, name),
    };
  }

  /** What the watched endpoint captures, and what of it is analysed. */
  private async captured({ endpointInput, preprocessorUri }: JobDefinition, name: string): Promise<Pick<ExecutedSchedule, 'capture' | 'sides'>> {
    const { EndpointName: endpointName } = endpointInput;
    const { EndpointConfigName } = await this.sageMaker.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
    const { DataCaptureConfig, ProductionVariants } = await this.sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
    const settings = captureSettings(DataCaptureConfig as Parameters<typeof captureSettings>[0]);
    const script = preprocessorUri === undefined ? undefined : { uri: preprocessorUri, content: await this.read(preprocessorUri) };
    return {
      capture: { uri: settings.destinationUri, endpointName, variantName: ProductionVariants?.[0]?.VariantName ?? '' },
      sides: capturedSides(settings, script, name),
    };
  }

  private async holds(folderUri: string): Promise<boolean> {
    const { bucket: Bucket, key: Prefix } = parseS3Uri(folderUri);
    return (await this.s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }))).KeyCount !== 0;
  }

  private async read(uri: string): Promise<Uint8Array | undefined> {
    const { bucket: Bucket, key: Key } = parseS3Uri(uri);
    return (await this.s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToByteArray();
  }
}
