import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { unpack } from '../churn/build-model';

/** The container's program, as it runs in the image. */
export const CONTAINER_PROGRAM = path.join(__dirname, 'container', 'main.mjs');

/** A model in service on the loopback interface: the container's own program, without the container. */
export class ServedModel {
  /** Serves a model.tar.gz; whoever starts it must stop it. */
  public static async start(archive: string): Promise<ServedModel> {
    const root = mkdtempSync(path.join(tmpdir(), 'lending-model-'));
    mkdirSync(path.join(root, 'model'));
    writeFileSync(path.join(root, 'model/model.json'), unpack(archive));
    const server = spawn(process.execPath, [CONTAINER_PROGRAM, 'serve', '--root', root], {
      env: { SAGEMAKER_BIND_TO_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    const remove = (): void => {
      server.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    };
    process.on('exit', remove);
    for await (const line of createInterface(server.stdout)) {
      const port = /port (\d+)/.exec(line)?.[1];
      if (port !== undefined) return new ServedModel(`http://127.0.0.1:${port}/invocations`, server, remove);
    }
    throw new Error('the model\'s container ended before it listened');
  }

  private constructor(public readonly invocations: string, private readonly server: ChildProcess, private readonly remove: () => void) {}

  /** Sends rows of CSV; the answer's body. */
  public async ask(rows: readonly string[]): Promise<string> {
    const response = await fetch(this.invocations, { method: 'POST', body: rows.join('\n'), headers: { 'Content-Type': 'text/csv' } });
    const body = await response.text();
    if (!response.ok) throw new Error(body);
    return body;
  }

  /** Ends the process. */
  public async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    // Ctrl+C has ended it already.
    if (this.server.kill('SIGKILL')) await ended;
    this.remove();
    process.off('exit', this.remove);
  }
}
