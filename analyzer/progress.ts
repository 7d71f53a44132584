import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A part of long work. */
export interface Phase {
  /** What is done, such as "reading training.csv". */
  readonly doing: string;
  /** How much there is to do, where it is known. */
  readonly total?: { readonly count: number; readonly unit: 'bytes' | 'rows' };
}

/** Told of each phase as it begins, and of what is done of it as it goes on. */
export interface ProgressListener {
  begin(phase: Phase): void;
  advance(count: number): void;
}

/** Costs nothing where nobody listens, as in a job and in its other threads. */
const PHASES = channel('cdk-model-monitor:phase');
const ADVANCES = channel('cdk-model-monitor:advance');

/** Tells that a part of the work begins. */
export function beginPhase(phase: Phase): void {
  PHASES.publish(phase);
}

/** Tells that so much more of the phase is done; for blocks of a file and batches of rows, not for each row. */
export function advancePhase(count: number): void {
  ADVANCES.publish(count);
}

/** Whether anybody listens: some of what is told has to be found out first. */
export function isHeard(): boolean {
  return ADVANCES.hasSubscribers;
}

/** Listens until the function that is returned is called. */
export function listenToProgress(listener: ProgressListener): () => void {
  const begin = (phase: unknown): void => { listener.begin(phase as Phase); };
  const advance = (count: unknown): void => { listener.advance(count as number); };
  subscribe(PHASES.name, begin);
  subscribe(ADVANCES.name, advance);
  return () => {
    unsubscribe(PHASES.name, begin);
    unsubscribe(ADVANCES.name, advance);
  };
}
