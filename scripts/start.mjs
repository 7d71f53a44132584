// `npm start`: bundles, synthesizes the sample and rehearses it. `--engine model-monitor` has the managed service played; other options go to
// `model-monitor rehearse`, and `npm start -- --help` lists them.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { startOptions } from '../sample/engine.ts';
import { sampleDrift } from './sample-drift.mjs';

const DRIFT_OPTION = /^--(shift|null|category|text|traffic)\b/;

const root = path.join(import.meta.dirname, '..');
const { context, others: given } = startOptions(process.argv.slice(2));
/** The sample's own drift, unless the options say something else. */
const drift = given.some(option => DRIFT_OPTION.test(option)) ? [] : sampleDrift;

const contextOptions = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);

/** Ends with the command's own exit code when it fails. */
function run(...command) {
  const [file, ...args] = command;
  const { status } = spawnSync(file, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!given.includes('--help')) {
  process.stderr.write('synthesizing the sample, which takes some seconds …\n');
  run(path.join(root, 'node_modules/.bin/cdk'), 'synth', '--quiet', '--no-notices', '--output', 'cdk.out', ...contextOptions);
} else {
  run(process.execPath, 'scripts/bundle.mjs');
}
run(process.execPath, 'assets/cli/model-monitor.js', 'rehearse', 'cdk.out', ...drift, ...given);
