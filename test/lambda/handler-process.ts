import { ChildProcess, fork } from 'node:child_process';
import * as path from 'node:path';

interface Answer { readonly id: number; readonly result?: unknown; readonly error?: { name: string; message: string } }

/** A bundled handler in a warm process of its own, as Lambda runs it. */
export class HandlerProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private invocations = 0;
  /** What the handler logged. */
  log = '';

  constructor(name: string, endpoint: string) {
    this.child = fork(path.join(__dirname, 'container.js'), [path.join(__dirname, '../../assets', name, 'index.js')], {
      env: {
        PATH: process.env.PATH, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: 'x', NODE_NO_WARNINGS: '1',
      },
      execArgv: [],
      silent: true,
    });
    const keep = (chunk: Buffer): void => {
      this.log += chunk.toString();
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.child.on('message', (answer: Answer) => this.waiting.get(answer.id)?.(answer));
    this.child.on('exit', () => {
      for (const [id, settle] of this.waiting) settle({ id, error: { name: 'Runtime.ExitError', message: `the process ended: ${this.log}` } });
    });
  }

  /** Invokes the handler. Rejects as the handler does, or when the process dies. */
  async invoke(event: unknown, { entry = 'handler', remaining = 60_000 } = {}): Promise<unknown> {
    const id = ++this.invocations;
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve);
      this.child.send({ id, entry, event, remaining });
    });
    this.waiting.delete(id);
    await new Promise(setImmediate); // The log of the invocation is read in the same turn as its answer.
    if (answer.error) throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
    return answer.result;
  }

  /** Ends the process at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}
