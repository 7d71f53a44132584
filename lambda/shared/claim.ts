import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from './parse';
import { ABSENT, S3Files } from './s3-files';
import { instant } from './schemas';

const recordSchema = z.object({ owner: z.string(), heldUntil: instant, stepsDone: z.array(z.string()), done: z.boolean() });
type ClaimRecord = z.output<typeof recordSchema>;

/** A claim on a piece of work: a small object in S3 that only conditional writes change, so that one invocation alone holds it. */
export class Claim {
  private readonly owner = randomUUID();
  private held?: { readonly record: ClaimRecord; readonly etag: string };

  constructor(private readonly files: S3Files, private readonly uri: string, private readonly kmsKeyId?: string) {}

  /** Steps that are done, by this invocation or one before it. */
  get stepsDone(): readonly string[] {
    return this.held?.record.stepsDone ?? [];
  }

  /** Tries to get hold of the work: it is ours, somebody else's for now, or done. */
  async acquire(heldUntil: Date): Promise<'held' | 'taken' | 'done'> {
    const file = await this.files.find(this.uri);
    const record = file && parseJson(recordSchema, file.text, this.uri);
    if (record?.done) return 'done';
    // A write of ours whose answer was lost looks like another's claim, but for its owner.
    const free = !record || record.owner === this.owner || new Date(record.heldUntil) <= new Date();
    if (!free) return 'taken';
    const claimed = { owner: this.owner, heldUntil: heldUntil.toISOString(), stepsDone: record?.stepsDone ?? [], done: false };
    return await this.write(claimed, file?.etag ?? ABSENT) ? 'held' : 'taken';
  }

  /** Remembers that a step is done. */
  async noteStep(name: string): Promise<void> {
    await this.update({ stepsDone: [...this.stepsDone, name] });
  }

  /** Remembers that all is done. */
  async noteDone(): Promise<void> {
    await this.update({ done: true });
  }

  /** Lets go, so that whoever tries again need not wait. When even this fails, the claim ends by itself. */
  async release(): Promise<void> {
    await this.update({ heldUntil: new Date().toISOString() }).catch(() => undefined);
  }

  private async update(change: Partial<ClaimRecord>): Promise<void> {
    const { held } = this;
    if (!held || !await this.write({ ...held.record, ...change }, held.etag)) throw new Error(`the claim ${this.uri} was taken over`);
  }

  private async write(record: ClaimRecord, expected: string): Promise<boolean> {
    const etag = await this.files.writeJson(this.uri, record, { kmsKeyId: this.kmsKeyId, expected });
    if (etag === undefined) return false;
    this.held = { record, etag };
    return true;
  }
}
