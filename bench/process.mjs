import { spawn } from 'node:child_process';
import path from 'node:path';

const USAGE = path.join(import.meta.dirname, 'usage.cjs');

/** Runs a Node.js program to its end: `{ seconds, cpu, megabytes }` of the whole process. */
export async function measureNode(program, args, nodeOptions = []) {
  const { seconds, third } = await measure(process.execPath, ['--require', USAGE, ...nodeOptions, program, ...args]);
  return { seconds, ...JSON.parse(third) };
}

/** Runs a command to its end: seconds of the whole process, and what it wrote to its third descriptor. */
export async function measure(command, args) {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let [errors, third] = ['', ''];
  child.stderr.on('data', text => errors += text);
  child.stdio[3].on('data', text => third += text);
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${errors.slice(-2000)}`);
  return { seconds: (performance.now() - start) / 1000, third };
}

/** The fastest of several runs: what else the machine does makes a run slower, never faster. */
export async function fastest(runs, run) {
  let best;
  for (let count = 0; count < runs; count++) {
    const measured = await run();
    if (best === undefined || measured.seconds < best.seconds) best = measured;
  }
  return best;
}
