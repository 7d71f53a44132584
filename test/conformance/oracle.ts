import * as path from 'node:path';
import { openEnvironment, SCRIPTS } from './environment';

const ORACLES = openEnvironment();

/** Has a script in test/conformance/python compute what we compute. */
export function ask(script: string, question: unknown): unknown {
  if (typeof ORACLES === 'string') throw new Error(ORACLES);
  return ORACLES.ask(path.join(SCRIPTS, script), question);
}

/** Skips, saying so, where Python is missing. */
export const describeWithOracles = typeof ORACLES === 'string' ? describe.skip : describe;
