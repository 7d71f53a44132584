import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONTAINER_PROGRAM } from '../../sample/churn/build-model';

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

/** A folder that stands for /opt/ml, with files in it; it is removed after the tests of the file. */
export function newRoot(files: Record<string, string | Buffer> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'churn-container-'));
  roots.push(root);
  // As SageMaker's folders: root's, but open to all who read.
  chmodSync(root, 0o755);
  put(root, files);
  return root;
}

/** Writes files below a folder. */
export function put(root: string, files: Record<string, string | Buffer>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

/** Runs the container's program as SageMaker does. */
export function runContainer(command: string, root: string, environment: Record<string, string> = {}): { status: number | null; log: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, [CONTAINER_PROGRAM, command, '--root', root], {
    encoding: 'utf8', env: { PATH: process.env.PATH, ...environment },
  });
  return { status, log: stdout + stderr };
}

/** Starts `serve` on a free port; resolves when it listens. */
export async function startServer(root: string): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [CONTAINER_PROGRAM, 'serve', '--root', root], {
    env: { SAGEMAKER_BIND_TO_PORT: '0' }, stdio: ['ignore', 'pipe', 'ignore'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`serve ended with ${code ?? 'a signal'} before it listened`));
    });
    child.stdout.on('data', (chunk) => {
      const found = /port (\d+)/.exec(String(chunk))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { url: `http://127.0.0.1:${port}`, process: child };
}
