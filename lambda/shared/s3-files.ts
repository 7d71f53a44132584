import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client, S3ServiceException, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { parseS3Uri } from '../../lib/contract';

/** A file, and the tag that tells whether it is still the same. */
export interface S3File {
  readonly text: string;
  readonly etag: string;
}

/** What must hold for what is read: that the bucket belongs to an account. */
export interface ReadOptions {
  readonly bucketOwner: string | undefined;
}

/** An object as a listing tells it. */
export interface ListedObject {
  readonly uri: string;
  readonly etag: string;
  readonly lastModified: Date;
}

/** What must hold for a write: an entity tag that is still there, or `absent`. */
export interface WriteOptions {
  readonly kmsKeyId?: string;
  readonly expected?: string;
}

/** `expected` of a write that must be the first. */
export const ABSENT = 'absent';

/** Text files in S3, by their URIs. */
export class S3Files {
  constructor(private readonly s3: S3Client) {}

  /** A file's text; undefined when there is no such file. */
  async find(uri: string, options?: ReadOptions): Promise<S3File | undefined> {
    try {
      const { Body, ETag } = await this.s3.send(new GetObjectCommand({ ...location(uri), ...owned(options) }));
      return { text: await Body?.transformToString() ?? '', etag: ETag ?? '' };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** A file's text. */
  async read(uri: string, options?: ReadOptions): Promise<string> {
    const file = await this.find(uri, options);
    if (!file) throw new Error(`${uri} does not exist`);
    return file.text;
  }

  /** Writes a value as JSON; gives its entity tag, or undefined when what was expected is not so. */
  async writeJson(uri: string, value: unknown, { kmsKeyId, expected }: WriteOptions = {}): Promise<string | undefined> {
    try {
      const { ETag } = await this.s3.send(new PutObjectCommand({
        ...location(uri),
        Body: JSON.stringify(value),
        ContentType: 'application/json',
        ...(kmsKeyId !== undefined && { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId }),
        ...(expected === ABSENT && { IfNoneMatch: '*' }),
        ...(expected !== undefined && expected !== ABSENT && { IfMatch: expected }),
      }));
      return ETag ?? '';
    } catch (error) {
      if (expected !== undefined && isLostRace(error)) return undefined;
      throw error;
    }
  }

  /** URIs of the files whose keys begin so. */
  async list(prefixUri: string, options?: ReadOptions): Promise<string[]> {
    return (await this.listObjects(prefixUri, options)).map(({ uri }) => uri);
  }

  /** The files whose keys begin so. */
  async listObjects(prefixUri: string, options?: ReadOptions): Promise<ListedObject[]> {
    const { Bucket, Key: Prefix } = location(prefixUri);
    const objects: ListedObject[] = [];
    for await (const page of paginateListObjectsV2({ client: this.s3 }, { Bucket, Prefix, ...owned(options) })) {
      objects.push(...(page.Contents ?? []).map(({ Key = '', ETag = '', LastModified = new Date(0) }) =>
        ({ uri: `s3://${Bucket}/${Key}`, etag: ETag, lastModified: LastModified })));
    }
    return objects;
  }
}

/** S3 refuses the call where the bucket is somebody else's. */
function owned(options: ReadOptions | undefined): { ExpectedBucketOwner?: string } {
  return options?.bucketOwner === undefined ? {} : { ExpectedBucketOwner: options.bucketOwner };
}

function location(uri: string): { Bucket: string; Key: string } {
  const { bucket, key } = parseS3Uri(uri);
  return { Bucket: bucket, Key: key };
}

/** 412: the condition does not hold; 409: another conditional write was in progress; 404: what was to be replaced is gone. */
function isLostRace(error: unknown): boolean {
  return error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0) && error.name !== 'NoSuchBucket';
}
