import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DescribeEndpointCommand, DescribeEndpointConfigCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { ExecutionResult } from '../../lib/contract';
import { CaptureFile } from '../../rehearsal/traffic/capture-file';
import { CaptureStream } from '../../rehearsal/traffic/capture-stream';
import { LocalModel } from '../../rehearsal/traffic/local-model';
import { readScenario, ScenarioDay } from '../../rehearsal/traffic/scenario';
import { scenarioTraffic } from '../../rehearsal/traffic/scenario-traffic';
import { Traffic } from '../../rehearsal/traffic/traffic';
import { FIRST_MODEL, VALIDATION_DATA } from '../../sample/lending/generate';
import { ServedModel } from '../../sample/lending/served-model';
import { CdkCli, CliResult } from './cdk-cli';
import { EmulatorProcess } from './emulator-process';
import { StackState } from './stack-state';

const HOUR = 3_600_000;
const ROOT = path.join(__dirname, '../..');
const FEATURES = ['credit_score', 'income', 'debt_ratio', 'age', 'zip_code', 'sex'];
export const SCENARIO = readScenario(path.join(ROOT, 'sample/lending/scenario.json'));
export const SEED = 1;

/** The lending sample in the emulator; its model serves on the loopback, and answers for the endpoint. */
export class DeployedLending {
  /** Starts emulator and model; nothing is deployed yet. */
  public static async start(...options: readonly string[]): Promise<DeployedLending> {
    const [emulator, model] = await Promise.all([EmulatorProcess.start(), ServedModel.start(FIRST_MODEL)]);
    await emulator.serve(model.invocations);
    const app = { stack: 'Lending', options: ['--app', `"${process.execPath}" --import tsx test/e2e/lending-app.ts`, ...options] };
    return new DeployedLending(emulator, model, new CdkCli(emulator, app));
  }

  /** Of the stack. */
  public outputs: Readonly<Record<string, string>> = {};
  private captureUri = '';

  private constructor(public readonly emulator: EmulatorProcess, public readonly model: ServedModel, public readonly cdk: CdkCli) {}

  /** What CloudFormation knows of the stack. */
  public get state(): StackState {
    return new StackState(this.emulator, 'Lending');
  }

  /** `cdk bootstrap`, `cdk deploy`. */
  public async deploy(): Promise<CliResult> {
    const bootstrap = await this.cdk.bootstrap();
    if (bootstrap.code !== 0) return bootstrap;
    const deployment = await this.cdk.deploy();
    if (deployment.code !== 0) return deployment;
    this.outputs = deployment.outputs;
    this.captureUri = await this.captureOfEndpoint();
    return deployment;
  }

  /** The traffic of an hour of each of these days. */
  public traffic(...days: ScenarioDay[]): Promise<Traffic[]> {
    const columns = { input: FEATURES, output: ['approved', 'probability'] };
    const model = new LocalModel(this.model.invocations);
    const source = { file: VALIDATION_DATA.file, format: { csv: { header: true } }, columns, label: 'creditworthy', model };
    return scenarioTraffic({ ...SCENARIO, days }, source, SEED);
  }

  /** What the endpoint captures of an hour of traffic that begins at an instant. */
  public captured(traffic: Traffic, start: number): CaptureFile[] {
    return new CaptureStream({
      traffic, endpointName: this.outputs.EndpointName ?? '', variantName: 'AllTraffic', start: new Date(start), hours: 1, seed: SEED,
      settings: { destinationUri: this.captureUri, samplingPercentage: 100, input: true, output: true, csvContentTypes: ['text/csv'] },
    }).closedBy(new Date(start + HOUR + 60_000));
  }

  /** `model-monitor ground-truth put` of what turned out of captured requests. */
  public label(files: readonly CaptureFile[], collected: number): CliResult {
    const labels = path.join(this.emulator.folder, 'labels.jsonl');
    writeFileSync(labels, files.flatMap(file => file.labels).map(label => `${JSON.stringify(label)}\n`).join(''));
    return this.modelMonitor('ground-truth', 'put', labels, '--schedule', this.outputs.DailyScheduleName ?? '', '--collected-at', new Date(collected).toISOString());
  }

  /** A run of the package's command line. */
  public modelMonitor(...command: readonly string[]): CliResult {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'assets/cli/model-monitor.js'), ...command], {
      env: { PATH: process.env.PATH, ...this.emulator.environment }, encoding: 'utf8',
    });
    return { code: status ?? 1, output: stdout + stderr };
  }

  /** Ends it all. */
  public async stop(): Promise<void> {
    await Promise.all([this.emulator.stop(), this.model.stop()]);
  }

  /** Where the endpoint writes what it is asked. */
  private async captureOfEndpoint(): Promise<string> {
    const sageMaker = new SageMakerClient(this.emulator.client);
    const { EndpointConfigName } = await sageMaker.send(new DescribeEndpointCommand({ EndpointName: this.outputs.EndpointName }));
    const { DataCaptureConfig } = await sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
    return DataCaptureConfig?.DestinationS3Uri ?? '';
  }
}

/** The kind of monitor that a result is of. */
export function kindOf({ monitor }: Pick<ExecutionResult, 'monitor'>): string {
  return /-((?:data|model)-\w+)$/.exec(monitor)?.[1] ?? monitor;
}
