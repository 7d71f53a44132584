// `npm run start:lending`: synthesizes the sample and rehearses its scenario, with its model in service. Options go to `model-monitor rehearse`,
// but `--engine model-monitor`, which has the managed service played.
import { App, Errors } from 'aws-cdk-lib';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';
import { engineOf, startOptions } from '../engine';
import { FIRST_MODEL } from './generate';
import { LendingStack } from './lending-stack';
import { ServedModel } from './served-model';

const COMMAND = path.join(__dirname, '../../assets/cli/model-monitor.js');
const SCENARIO = path.join(__dirname, 'scenario.json');

async function main(): Promise<void> {
  const { context, others } = startOptions(process.argv.slice(2));
  process.stderr.write('synthesizing the sample, which takes some seconds …\n');
  const app = new App({ outdir: 'cdk.out/lending', context });
  new LendingStack(app, 'Lending', { engine: engineOf(app) });
  app.synth();
  let rehearsal: ChildProcess | undefined;
  // The rehearsal is ended, not this process: the model would go on serving.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => rehearsal ? rehearsal.kill(signal) : process.exit(128 + constants.signals[signal]));
  const model = await ServedModel.start(FIRST_MODEL);
  try {
    const options = ['--scenario', SCENARIO, '--invocations', model.invocations, '--output', 'rehearsal.out/lending'];
    rehearsal = spawn(process.execPath, [COMMAND, 'rehearse', app.outdir, ...options, ...others], { stdio: 'inherit' });
    const [code, signal] = await once(rehearsal, 'exit') as [number, null] | [null, NodeJS.Signals];
    process.exitCode = code ?? 128 + constants.signals[signal];
  } finally {
    await model.stop();
  }
}

main().catch((error: unknown) => {
  if (!Errors.isValidationError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
