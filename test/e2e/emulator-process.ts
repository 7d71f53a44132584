import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { MonitoringExecutionEnd, ProcessingJobRequest } from '../../rehearsal/aws';

const ROOT = path.resolve(__dirname, '..', '..');
const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
/** In seconds; who asks by fetch() is answered within five minutes, or never. */
const PATIENCE = 240;

/** The emulator, in a process of its own; it ends with the test, however the test ends. */
export class EmulatorProcess {
  /** Starts it; it needs the Python that `npm run e2e` prepares. */
  public static async start(): Promise<EmulatorProcess> {
    const python = process.env.E2E_PYTHON;
    if (python === undefined) throw new Error('start the end-to-end tests with npm run e2e: it prepares the emulator');
    const folder = mkdtempSync(path.join(tmpdir(), 'e2e-'));
    const analyzer = [process.execPath, path.join(ROOT, 'assets', 'analyzer', 'index.js')];
    const managed = [process.execPath, '--import', 'tsx', path.join(__dirname, 'managed-container.ts')];
    const commands = [...analyzer.map(word => `--analyzer=${word}`), ...managed.map(word => `--managed=${word}`)];
    const child = spawn(python, ['-m', 'emulator', '--folder', folder, ...commands], {
      cwd: __dirname,
      // The functions find the SDK that AWS' runtime brings where this project has it.
      env: { PATH: process.env.PATH, HOME: folder, PYTHONDONTWRITEBYTECODE: '1', NODE_PATH: path.join(ROOT, 'node_modules') },
      stdio: ['pipe', 'pipe', openSync(path.join(folder, 'emulator.log'), 'w')],
    });
    const emulator = new EmulatorProcess(child, folder);
    try {
      emulator.endpoint = await emulator.readEndpoint();
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    return emulator;
  }

  /** Where it listens. */
  public endpoint = '';

  private constructor(private readonly child: ChildProcess, public readonly folder: string) {}

  /** What a client of the emulated AWS needs to be told. */
  public get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint, AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'local',
    };
  }

  /** Options of an SDK client. */
  public get client(): { endpoint: string; region: string; forcePathStyle: true; credentials: { accessKeyId: string; secretAccessKey: string } } {
    return { endpoint: this.endpoint, region: REGION, forcePathStyle: true, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'local' } };
  }

  /** What the emulator and the functions wrote. */
  public get log(): string {
    return readFileSync(path.join(this.folder, 'emulator.log'), 'utf8');
  }

  /** The time that the emulated services live in. */
  public async now(): Promise<Date> {
    const { now } = await this.ask('now', {});
    return new Date((now as number) * 1000);
  }

  /** Moves on to an instant; what is scheduled on the way happens. */
  public async skipTo(instant: Date): Promise<void> {
    await this.ask('skip', { to: instant.getTime() / 1000 });
  }

  /** Waits until everything that was set off has come to its end; gives what functions have thrown since it was last asked. */
  public async settle(): Promise<string[]> {
    const { quiet, failures } = await this.ask('settle', { seconds: PATIENCE });
    if (quiet !== true) throw new Error(`the emulator did not come to rest:\n${this.log.slice(-5000)}`);
    return failures as string[];
  }

  /** Waits likewise; fails when a function did. */
  public async rest(): Promise<void> {
    const failures = await this.settle();
    if (failures.length > 0) throw new Error(`functions failed:\n${failures.join('\n')}`);
  }

  /** Makes the next calls of a SageMaker operation fail. */
  public async refuse(operation: string, refusal: { code: string; message: string; times: number }): Promise<void> {
    await this.ask('fault', { operation, ...refusal });
  }

  /** How the next execution of a pipeline ends. */
  public async nextPipelineEnds(status: 'Succeeded' | 'Failed'): Promise<void> {
    await this.ask('outcome', { status });
  }

  /** Tells where the model serves that answers for every endpoint. */
  public async serve(invocations: string): Promise<void> {
    await this.ask('serve', { invocations });
  }

  /** Begins an execution of a monitoring schedule; `undefined` while the schedule is stopped or executes already. */
  public async beginExecution(schedule: string, scheduled: Date): Promise<string | undefined> {
    const { execution } = await this.ask('begin-execution', { schedule, scheduled: scheduled.getTime() / 1000 });
    return execution as string | null ?? undefined;
  }

  /** Begins a job of an execution, whose metrics the managed service publishes. */
  public async runJob(execution: string, request: ProcessingJobRequest, namespace: string): Promise<void> {
    await this.ask('run-job', { execution, request, namespace });
  }

  /** Ends an execution. */
  public async concludeExecution(execution: string, { status, failureReason }: MonitoringExecutionEnd): Promise<void> {
    await this.ask('conclude-execution', { execution, status, failure_reason: failureReason });
  }

  /** Ends it, with everything that it started and wrote. */
  public async stop(): Promise<void> {
    // The end of its input is the end of the emulator, with every process that it started.
    const ended = new Promise((resolve) => { this.child.once('exit', resolve); });
    this.child.stdin?.end();
    if (this.child.exitCode === null && this.child.signalCode === null) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ask(what: string, body: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.endpoint}/_emulator/${what}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`the emulator refused ${what}: ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  }

  private readEndpoint(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.child.on('error', reject);
      const ended = (code: number | null): void => { reject(new Error(`the emulator ended with ${code ?? 'a signal'}:\n${this.log}`)); };
      this.child.on('exit', ended);
      createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).once('line', (line) => {
        this.child.off('exit', ended);
        resolve((JSON.parse(line) as { endpoint: string }).endpoint);
      });
    });
  }
}
