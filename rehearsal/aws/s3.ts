import { createHash } from 'node:crypto';
import { AwsError } from './aws-error';

/** A stored object. */
export interface S3Object {
  readonly body: Buffer;
  /** Quoted, as the API has it. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly contentType?: string;
  /** Key that the writer asked for. */
  readonly kmsKeyId?: string;
}

/** What a write may demand of what is there. */
export interface PutOptions {
  /** `*`: nothing may be there. */
  readonly ifNoneMatch?: string;
  /** This entity tag must be there. */
  readonly ifMatch?: string;
  readonly contentType?: string;
  readonly kmsKeyId?: string;
}

/** Buckets and what they hold. */
export class S3 {
  private readonly buckets = new Map<string, Map<string, S3Object>>();
  private readonly owners = new Map<string, string>();
  private readonly listeners: ((bucket: string, key: string, object: S3Object) => void)[] = [];

  constructor(private readonly clock: () => Date) {}

  /** Makes a bucket exist; that of another account has an owner. */
  createBucket(name: string, owner?: string): void {
    if (!this.buckets.has(name)) this.buckets.set(name, new Map());
    if (owner !== undefined) this.owners.set(name, owner);
  }

  /** Whether a bucket exists. */
  has(name: string): boolean {
    return this.buckets.has(name);
  }

  /** The other account that owns a bucket. */
  ownerOf(name: string): string | undefined {
    return this.owners.get(name);
  }

  /** Calls back with each object as it is stored. */
  onCreated(listener: (bucket: string, key: string, object: S3Object) => void): void {
    this.listeners.push(listener);
  }

  /** Stores an object; a condition that does not hold is refused with 412. */
  put(bucket: string, key: string, body: Buffer | string, options: PutOptions = {}): S3Object {
    const objects = this.bucket(bucket);
    const { ifNoneMatch, ifMatch, contentType, kmsKeyId } = options;
    const existing = objects.get(key);
    if (ifMatch !== undefined && !existing) throw noSuchKey(key);
    if ((ifNoneMatch === '*' && existing) || (ifMatch !== undefined && existing?.etag !== ifMatch)) {
      throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    }
    const content = Buffer.from(body);
    const object = { body: content, etag: `"${createHash('md5').update(content).digest('hex')}"`, lastModified: this.clock(), contentType, kmsKeyId };
    objects.set(key, object);
    for (const listener of this.listeners) listener(bucket, key, object);
    return object;
  }

  /** An object, or NoSuchKey. */
  get(bucket: string, key: string): S3Object {
    const object = this.bucket(bucket).get(key);
    if (!object) throw noSuchKey(key);
    return object;
  }

  /** Keys with a prefix, in S3's order: that of their UTF-8 bytes. */
  list(bucket: string, prefix = ''): string[] {
    return [...this.bucket(bucket).keys()].filter(key => key.startsWith(prefix)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  private bucket(name: string): Map<string, S3Object> {
    const objects = this.buckets.get(name);
    if (!objects) throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
    return objects;
  }
}

const noSuchKey = (key: string): AwsError => new AwsError('NoSuchKey', `The specified key does not exist: ${key}`, 404);
