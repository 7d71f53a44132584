import { constants } from 'node:os';

/** From now on a signal exits the process: what is temporary is put away, which a signal's own end would not do. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(128 + constants.signals[signal]));
}
