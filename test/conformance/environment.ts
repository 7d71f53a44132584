import * as path from 'node:path';
import { PythonEnvironment } from '../python-environment';

export const SCRIPTS = path.join(__dirname, 'python');

/** The Python packages that our figures are compared with, or what is missing to install them. */
export function openEnvironment(): PythonEnvironment | string {
  return PythonEnvironment.open('conformance', path.join(SCRIPTS, 'requirements.txt'));
}
