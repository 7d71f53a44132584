import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ContainerPath } from '../lib/contract';
import { ContainerRoot } from './container-root';
import { listFiles } from './input/files';
import { readerThread } from './input/parquet/reader-thread';
import { ownOutput } from './output-ownership';

/** The exit message's limit in SageMaker. */
const MESSAGE_BYTES = 1024;

/** Whether files look like Parquet; what they are, the job's settings say, which take longer to read. */
function holdsParquet(dataset: string): boolean {
  return existsSync(dataset) && listFiles(dataset).some(file => file.endsWith('.parquet'));
}

function writeMessage(root: ContainerRoot, message: string): void {
  const file = root.resolve(ContainerPath.MESSAGE);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, new TextDecoder().decode(Buffer.from(message).subarray(0, MESSAGE_BYTES)).replace(/\uFFFD+$/, ''));
}

/** One line for people; what went wrong inside is of no use to them. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { root: { type: 'string' }, invocations: { type: 'string' } } });
  const root = new ContainerRoot(values.root);
  if (values.root === undefined) ownOutput();
  try {
    // This thread loads what the job needs, meanwhile that one starts.
    if (holdsParquet(root.dataset(process.env))) readerThread();
    const { runJob } = await import('./container-job.js');
    const message = await runJob(root, process.env, values.invocations);
    writeMessage(root, message);
    console.log(message);
  } catch (error) {
    const message = `Failed: ${reasonOf(error)}`;
    console.error(message);
    writeMessage(root, message);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
