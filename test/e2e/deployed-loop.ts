import { ListPipelineExecutionsCommand, PipelineExecutionSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { CaptureStream } from '../../rehearsal/traffic/capture-stream';
import { readTable } from '../../rehearsal/traffic/table-file';
import { DriftPlan, QuietHours, SampledTraffic } from '../../rehearsal/traffic/traffic';
import { sampleConfig } from './cdk-cli';
import { DeployedStack, Happenings } from './deployed-stack';
import { EmulatorProcess } from './emulator-process';

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

/** The churn sample in the emulator, with traffic. */
export class DeployedLoop {
  /** Prepares the traffic; its first hour begins with the next full hour. */
  public static async open(emulator: EmulatorProcess, outputs: Readonly<Record<string, string>>, plan: TrafficPlan): Promise<DeployedLoop> {
    const stack = await DeployedStack.open(emulator);
    const start = new Date(Math.ceil((await emulator.now()).getTime() / HOUR) * HOUR);
    const { dataset } = sampleConfig();
    const table = await readTable(dataset.trainingData, { csv: { header: true } });
    const traffic = new SampledTraffic({ ...plan, table, columns: { input: dataset.features, output: [dataset.label] } });
    const captures = new CaptureStream({
      traffic: new QuietHours(traffic, plan.quietHours),
      settings: { destinationUri: `s3://${outputs.BucketName ?? ''}/capture`, samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] },
      endpointName: outputs.EndpointName ?? '', variantName: 'AllTraffic', start, hours: plan.hours, seed: plan.seed,
    });
    return new DeployedLoop(stack, new SageMakerClient(emulator.client), outputs, captures, start);
  }

  private constructor(
    public readonly stack: DeployedStack,
    private readonly sageMaker: SageMakerClient,
    private readonly outputs: Readonly<Record<string, string>>,
    private readonly captures: CaptureStream,
    private readonly start: Date,
  ) {}

  /** An instant of an hour of traffic, counted from 0. */
  public instant(hour: number, minute: number): Date {
    return new Date(this.start.getTime() + hour * HOUR + minute * MINUTE);
  }

  /** Passes the hour before the traffic, whose schedules find an endpoint that nobody has asked yet. */
  public async begin(): Promise<Happenings> {
    return this.stack.passTo(this.instant(0, 30));
  }

  /** Delivers an hour's captures, lets the schedules start what they start, and waits for all that follows. */
  public async play(hour: number): Promise<Happenings> {
    await this.stack.put(this.captures.closedBy(this.instant(hour + 1, 3)));
    return this.stack.passTo(this.instant(hour + 1, 10));
  }

  /** Executions of the training pipeline, newest first. */
  public async pipelineExecutions(): Promise<PipelineExecutionSummary[]> {
    const { PipelineName } = this.outputs;
    const { PipelineExecutionSummaries = [] } = await this.sageMaker.send(new ListPipelineExecutionsCommand({ PipelineName }));
    return PipelineExecutionSummaries;
  }
}
