import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { readConfig } from '../../bin/config';
import { ModelMonitoringConfig } from '../../lib';
import { EmulatorProcess, REGION } from './emulator-process';

const ROOT = path.resolve(__dirname, '..', '..');
const ACCOUNT = '123456789012';
/** Where images are that nobody pulls: there is no Docker here. */
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
export const STACK = 'ModelMonitoring';

/** What a run of the command line came to. */
export interface CliResult {
  readonly code: number;
  readonly output: string;
}

/** The sample's configuration, with its images given by URI: there is no Docker here. */
export function sampleConfig(): ModelMonitoringConfig {
  const config = readConfig(path.join(ROOT, 'config', 'churn.json'));
  return {
    ...config,
    model: { ...config.model, imageUri: `${REGISTRY}/churn:1` },
    monitoring: { ...config.monitoring, analyzerImageUri: `${REGISTRY}/analyzer:1` },
  };
}

/** An app and its one stack. */
export interface DeployedApp {
  readonly stack: string;
  /** Options of the command line that name the app. */
  readonly options: readonly string[];
}

/** The stock CDK command line, against the emulator; without an app it is that of the package, with the churn sample's configuration. */
export class CdkCli {
  private readonly configFile: string;
  private readonly outputsFile: string;

  constructor(private readonly emulator: EmulatorProcess, private readonly app?: DeployedApp) {
    this.configFile = path.join(emulator.folder, 'config.json');
    this.outputsFile = path.join(emulator.folder, 'outputs.json');
    mkdirSync(path.join(emulator.folder, 'home'));
  }

  /** The cloud assembly that was deployed last. */
  public get assembly(): string {
    return path.join(this.emulator.folder, 'cdk.out');
  }

  /** `cdk bootstrap` */
  public async bootstrap(): Promise<CliResult> {
    return this.run(['bootstrap', `aws://${ACCOUNT}/${REGION}`]);
  }

  /** `cdk deploy`; gives the stack's outputs beside the result. */
  public async deploy(config?: ModelMonitoringConfig, options: readonly string[] = []): Promise<CliResult & { outputs: Record<string, string> }> {
    writeFileSync(this.outputsFile, '{}');
    const result = await this.run(['deploy', '--require-approval', 'never', '--outputs-file', this.outputsFile, ...options], config);
    const outputs = (JSON.parse(readFileSync(this.outputsFile, 'utf8')) as Record<string, Record<string, string>>)[this.app?.stack ?? STACK] ?? {};
    return { ...result, outputs };
  }

  /** `cdk diff --fail`: its code is not 0 when there is a difference. */
  public async diff(config?: ModelMonitoringConfig): Promise<CliResult> {
    return this.run(['diff', '--fail'], config);
  }

  /** `cdk destroy` */
  public async destroy(): Promise<CliResult> {
    return this.run(['destroy', '--force']);
  }

  private run(command: readonly string[], config: ModelMonitoringConfig = sampleConfig()): Promise<CliResult> {
    writeFileSync(this.configFile, JSON.stringify(config));
    const cdk = path.join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const app = this.app?.options ?? ['-c', `config=${this.configFile}`];
    const options = [...app, '--output', this.assembly, '--build', 'true', '--no-notices', '--ci', '--progress', 'events'];
    const child = spawn(process.execPath, [cdk, ...command, ...options], {
      cwd: ROOT,
      // jest has bundled the assets already, hence no build. The command line keeps what it knows of accounts below HOME.
      env: { PATH: process.env.PATH, HOME: path.join(this.emulator.folder, 'home'), CDK_VALIDATION: 'false', ...this.emulator.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => { resolve({ code: code ?? 1, output }); });
    });
  }
}
