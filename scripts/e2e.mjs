// Deploys the sample stack to an emulator on this machine and drives the loop: npm run e2e [-- jest options].
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const requirements = path.join(root, 'test', 'e2e', 'emulator', 'requirements.txt');

const python = findPython();
if (python === undefined) {
  process.stdout.write('The end-to-end tests are skipped: their emulator needs Python 3.11 or newer (python3, with venv and pip) on the PATH.\n');
} else {
  const environment = { ...process.env, E2E_PYTHON: virtualEnvironment(python) };
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(process.execPath, [jest, '--config', 'test/e2e/jest.config.js', ...process.argv.slice(2)], { cwd: root, env: environment, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

/** The name and version of a Python that will do. */
function findPython() {
  const check = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11); print(sys.version)';
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['-c', check], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout };
  }
  return undefined;
}

/** The Python of an environment that holds exactly the requirements; made once, and again when they change. */
function virtualEnvironment({ command, version }) {
  const key = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(root, 'node_modules', '.cache', `e2e-${key}`);
  const complete = path.join(folder, 'complete');
  const binary = path.join(folder, 'bin', 'python');
  if (existsSync(complete)) return binary;
  process.stdout.write('Installing the emulator (once) …\n');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  run(command, ['-m', 'venv', folder]);
  run(binary, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--requirement', requirements]);
  writeFileSync(complete, '');
  return binary;
}

function run(command, options) {
  const { status } = spawnSync(command, options, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${options.join(' ')} failed; the emulator could not be installed`);
}
