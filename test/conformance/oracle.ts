import * as path from 'node:path';
import { PythonEnvironment } from '../python-environment';

const FOLDER = path.join(__dirname, 'python');

/** The Python packages that our figures are compared with, or what is missing to install them. */
export const ORACLES = PythonEnvironment.open('conformance', path.join(FOLDER, 'requirements.txt'));

/** Has a script in test/conformance/python compute what we compute. */
export function ask(script: string, question: unknown): unknown {
  if (typeof ORACLES === 'string') throw new Error(ORACLES);
  return ORACLES.ask(path.join(FOLDER, script), question);
}

/** Skips, saying so, where Python is missing. */
export const describeWithOracles = typeof ORACLES === 'string' ? describe.skip : describe;
