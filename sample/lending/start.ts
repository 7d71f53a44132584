// `npm run start:lending`: synthesizes the sample and rehearses its scenario, with its model in service. Options go to `model-monitor rehearse`.
import { App } from 'aws-cdk-lib';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { FIRST_MODEL } from './generate';
import { LendingStack } from './lending-stack';
import { ServedModel } from './served-model';

const COMMAND = path.join(__dirname, '../../assets/cli/model-monitor.js');
const SCENARIO = path.join(__dirname, 'scenario.json');

async function main(): Promise<void> {
  const app = new App({ outdir: 'cdk.out/lending' });
  new LendingStack(app, 'Lending');
  app.synth();
  const model = await ServedModel.start(FIRST_MODEL);
  try {
    const options = ['--scenario', SCENARIO, '--invocations', model.invocations, '--output', 'rehearsal.out/lending'];
    const rehearsal = spawn(process.execPath, [COMMAND, 'rehearse', app.outdir, ...options, ...process.argv.slice(2)], { stdio: 'inherit' });
    const [code] = await once(rehearsal, 'exit') as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await model.stop();
  }
}

void main();
