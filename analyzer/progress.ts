import { Channel, channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A part of long work. */
export interface Phase {
  /** What is done, such as "reading training.csv". */
  readonly doing: string;
  /** How much there is to do, where it is known. */
  readonly total?: { readonly count: number; readonly unit: 'bytes' | 'rows' };
}

/** Told of each phase as it begins, of what is done of it as it goes on, and of what people may want to know besides. */
export interface ProgressListener {
  begin?(phase: Phase): void;
  advance?(count: number): void;
  note?(text: string): void;
}

/** Costs nothing where nobody listens, as in a job and in its other threads. */
const PHASES = channel('cdk-model-monitor:phase');
const ADVANCES = channel('cdk-model-monitor:advance');
const NOTES = channel('cdk-model-monitor:note');

/** Tells that a part of the work begins. */
export function beginPhase(phase: Phase): void {
  PHASES.publish(phase);
}

/** Tells that so much more of the phase is done; for blocks of a file and batches of rows, not for each row. */
export function advancePhase(count: number): void {
  ADVANCES.publish(count);
}

/** Tells what may be an oversight and hinders nothing. */
export function note(text: string): void {
  NOTES.publish(text);
}

/** Whether anybody listens: some of what is told has to be found out first. */
export function isHeard(): boolean {
  return ADVANCES.hasSubscribers;
}

/** Listens until the function that is returned is called. */
export function listenToProgress(listener: ProgressListener): () => void {
  const stops = [
    listen(PHASES, listener.begin && (phase => listener.begin?.(phase as Phase))),
    listen(ADVANCES, listener.advance && (count => listener.advance?.(count as number))),
    listen(NOTES, listener.note && (text => listener.note?.(text as string))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Whoever does not want to know is no subscriber: some of what is told has to be found out first. */
function listen({ name }: Channel, take: ((told: unknown) => void) | undefined): () => void {
  if (take === undefined) return () => undefined;
  subscribe(name, take);
  return () => { unsubscribe(name, take); };
}
