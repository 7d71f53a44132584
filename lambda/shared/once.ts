import { setTimeout as sleep } from 'node:timers/promises';
import { Claim } from './claim';
import { S3Files } from './s3-files';

/** Part of a piece of work; those that are done are remembered, and not done again after a crash. */
export interface Step {
  readonly name: string;
  run(): Promise<void>;
}

/** A piece of work that may be asked for many times, at once too, and is to be done once. */
export interface Work {
  /** Where the claim on it is kept. */
  readonly claimUri: string;
  readonly kmsKeyId?: string;
  /** Prepares the work; called only by the invocation that does it. */
  steps(): Promise<readonly Step[]>;
}

/** How long an invocation holds its claim, and how long it waits for another's. */
export interface Patience {
  /** When this invocation ends for certain: its claim can be taken over from then on. */
  readonly deadline: Date;
  /** How long to wait for another invocation that has claimed the work, milliseconds. */
  readonly patience: number;
}

const POLL = 200;

/**
 * Does a piece of work once, however many invocations are asked to: each step at most once, but for a step whose end could not be noted
 * because the process died.
 *
 * @throws Error when another invocation holds the work and does not end it in time, so that the event comes again.
 */
export async function once(files: S3Files, work: Work, { deadline, patience }: Patience): Promise<void> {
  const claim = new Claim(files, work.claimUri, work.kmsKeyId);
  const giveUp = Date.now() + patience;
  for (let state = await claim.acquire(deadline); state !== 'held'; state = await claim.acquire(deadline)) {
    if (state === 'done') return;
    if (Date.now() >= giveUp) throw new Error(`${work.claimUri} is held by another invocation; this one is to be repeated`);
    await sleep(POLL);
  }
  try {
    for (const step of await work.steps()) {
      if (claim.stepsDone.includes(step.name)) continue;
      await step.run();
      await claim.noteStep(step.name);
    }
    await claim.noteDone();
  } catch (error) {
    await claim.release();
    throw error;
  }
}
