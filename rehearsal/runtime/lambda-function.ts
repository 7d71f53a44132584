import { ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { assetPath } from './asset-path';
import { HandlerLocation, InvocationResult } from './protocol';

/** A process of a handler, and who waits for its answers. */
interface Running {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (answer: InvocationResult) => void>;
}

/** A handler that ended with an error. */
export class FunctionError extends Error {
  constructor(public readonly errorType: string, message: string) {
    super(message);
  }
}

/** A Lambda function: the handler's own bundle in a process of its own that stays warm, with the environment the template gives it. */
export class LambdaFunction {
  private running?: Running;
  private invocations = 0;
  private log = '';

  constructor(private readonly location: HandlerLocation, private readonly environment: Record<string, string>) {}

  /** What the handler has logged so far. */
  public get logged(): string {
    return this.log;
  }

  /**
   * Invokes the handler. Fails with FunctionError when the handler does.
   *
   * @param now what time it is for the handler; the machine's when left out
   */
  public async invoke(event: unknown, now?: Date): Promise<unknown> {
    const { child, waiting } = this.running ??= this.start();
    const id = ++this.invocations;
    const answer = await new Promise<InvocationResult>((resolve) => {
      waiting.set(id, resolve);
      // What a process that is ending does not take, its end answers.
      child.send({ id, event, requestId: randomUUID(), now: now?.getTime() }, () => undefined);
    });
    await new Promise(setImmediate); // The log of the invocation is read in the same turn as its answer.
    if ('error' in answer) throw new FunctionError(answer.error.name, answer.error.message);
    return answer.result;
  }

  /** Ends the process. */
  public stop(): void {
    this.running?.child.kill();
  }

  private start(): Running {
    const waiting: Running['waiting'] = new Map();
    const child = fork(assetPath('cli', 'lambda-worker.js'), [JSON.stringify(this.location)], {
      env: { PATH: process.env.PATH, TZ: 'UTC', ...this.environment },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const keep = (chunk: Buffer): void => {
      this.log += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (answer: InvocationResult) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
    child.on('exit', () => { this.running = undefined; });
    // Its last words come after it.
    child.on('close', (code) => {
      for (const [id, resolve] of waiting) {
        resolve({ id, error: { name: 'Runtime.ExitError', message: `the handler's process ended with code ${code}: ${this.log.slice(-500)}` } });
      }
    });
    return { child, waiting };
  }
}
