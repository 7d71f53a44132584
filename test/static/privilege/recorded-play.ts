import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Deployment } from '../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../rehearsal/assembly/stack';
import { AwsCall, ProcessingJob } from '../../../rehearsal/aws';
import { RequiredPermission } from '../../../rehearsal/iam/implied';
import { RehearsalOutcome } from '../../../rehearsal/player/outcome';
import { rehearse } from '../../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../../rehearsal/player/rehearsal-options';
import { PLANTED } from '../../rehearsal/sample-assembly';

/** What a rehearsal asked for. */
export interface RecordedPlay {
  readonly deployment: Deployment;
  /** Every SDK call of every handler. */
  readonly calls: readonly RecordedCall[];
  /** Every permission that a call or a delivery needed, each once. */
  readonly permissions: readonly RequiredPermission[];
  /** Every Processing job, whoever started it. */
  readonly jobs: readonly ProcessingJob[];
}

/** A call, and the handler that made it. */
export interface RecordedCall {
  readonly handler: string;
  readonly role: TemplateResource;
  readonly call: AwsCall;
}

/**
 * Records what a whole loop asks for: a calm hour, two without traffic (the first still sees the last file before it),
 * and one with drift that ends in a retraining.
 */
export async function recordPlay(assembly: string): Promise<RecordedPlay> {
  const { pipelineStarts, ...play } = await record({
    assembly, hours: 4, recordsPerHour: 300, seed: 1, quietHours: [1, 2], plan: { calmHours: 3, planted: PLANTED },
  });
  if (pipelineStarts.length === 0) throw new Error('what is recorded has to be a whole loop: nothing was retrained');
  return play;
}

/** Records what a rehearsal asks for that nothing breaks. */
export async function record(
  options: Omit<RehearsalOptions, 'observe' | 'output'>,
): Promise<RecordedPlay & Pick<RehearsalOutcome, 'pipelineStarts'>> {
  const output = mkdtempSync(path.join(tmpdir(), 'recorded-'));
  const calls: RecordedCall[] = [];
  const permissions: RequiredPermission[] = [];
  const jobs: ProcessingJob[] = [];
  try {
    const { deployment, broken, pipelineStarts } = await rehearse({
      ...options,
      output,
      observe: (event) => {
        if (event.type === 'call') calls.push(event);
        if (event.type === 'permission') permissions.push(event.permission);
        if (event.type === 'job') jobs.push(event.job);
      },
    });
    if (broken !== undefined) throw new Error(`what is recorded has to be a whole loop: ${broken.message}`);
    return { deployment, calls, permissions, jobs, pipelineStarts };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
