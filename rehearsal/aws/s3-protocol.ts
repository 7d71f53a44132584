import { Location } from './aws-call';
import { AwsError } from './aws-error';
import { Exchange, Protocol, WireRequest, WireResponse } from './exchange';
import { S3, S3Object } from './s3';

/** S3's REST protocol, path style. */
export function s3Protocol(s3: S3, location: Location): Protocol {
  return { read: request => s3Exchange(request, s3, location), refuse: s3Error };
}

/** A request's bucket and key, and what the operations need. */
interface S3Request {
  readonly s3: S3;
  readonly bucket: string;
  readonly key: string;
  readonly request: WireRequest;
}

/** What tells one operation from another. */
interface S3Operation {
  readonly operation: string;
  readonly action: string;
  readonly conditions?: Record<string, string>;
  readonly input?: Record<string, string | undefined>;
  readonly run: () => WireResponse;
}

function s3Exchange(request: WireRequest, s3: S3, location: Location): Exchange {
  const [bucket = '', ...rest] = request.path.slice(1).split('/').map(decodeURIComponent);
  const key = rest.join('/');
  const { operation, action, conditions = {}, input, run } = s3Operation({ s3, bucket, key, request });
  const resource = `arn:${location.partition}:s3:::${key === '' ? bucket : `${bucket}/${key}`}`;
  return {
    service: 's3',
    operation,
    input: { Bucket: bucket, ...(key !== '' && { Key: key }), ...input },
    access: () => [{ action, resource, conditions }],
    run: () => {
      requireOwner(request, s3.ownerOf(bucket) ?? location.account);
      return run();
    },
  };
}

function requireOwner({ headers }: WireRequest, owner: string): void {
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== owner) throw new AwsError('AccessDenied', 'Access Denied', 403);
}

function s3Operation(parts: S3Request): S3Operation {
  const { s3, bucket, key, request: { method, path, query } } = parts;
  if (key !== '') {
    if (method === 'PUT') return putObject(parts);
    const found = (): WireResponse => object(s3.get(bucket, key));
    if (method === 'GET') return { operation: 'GetObject', action: 's3:GetObject', run: found };
    if (method === 'HEAD') return { operation: 'HeadObject', action: 's3:GetObject', run: () => ({ ...found(), body: undefined }) };
  }
  if (method === 'GET' && query.get('list-type') === '2' && !query.has('delimiter')) return listObjects(parts);
  throw new AwsError('NotImplemented', `${method} ${path}?${query.toString()} is not played here`, 501);
}

function putObject({ s3, bucket, key, request: { headers, body } }: S3Request): S3Operation {
  const encryption = headers['x-amz-server-side-encryption'];
  const kmsKeyId = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  const options = { ifNoneMatch: headers['if-none-match'], ifMatch: headers['if-match'], contentType: headers['content-type'], kmsKeyId };
  return {
    operation: 'PutObject',
    action: 's3:PutObject',
    conditions: {
      ...(encryption !== undefined && { 's3:x-amz-server-side-encryption': encryption }),
      ...(kmsKeyId !== undefined && { 's3:x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId }),
    },
    input: { ServerSideEncryption: encryption, SSEKMSKeyId: kmsKeyId },
    run: () => ({ status: 200, headers: { etag: s3.put(bucket, key, body, options).etag } }),
  };
}

function listObjects({ s3, bucket, request: { query } }: S3Request): S3Operation {
  const prefix = query.get('prefix') ?? '';
  return {
    operation: 'ListObjectsV2',
    action: 's3:ListBucket',
    conditions: { 's3:prefix': prefix },
    input: { Prefix: prefix },
    run: () => list(s3, bucket, query),
  };
}

function object({ body, etag, lastModified, contentType = 'application/octet-stream' }: S3Object): WireResponse {
  return {
    status: 200,
    headers: { etag, 'last-modified': lastModified.toUTCString(), 'content-type': contentType, 'content-length': String(body.length) },
    body,
  };
}

function list(s3: S3, bucket: string, query: URLSearchParams): WireResponse {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const keys = s3.list(bucket, prefix);
  const from = after === '' ? 0 : keys.filter(key => Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0).length;
  const page = keys.slice(from, from + limit);
  const truncated = from + limit < keys.length;
  return xmlResponse(200, {
    ListBucketResult: {
      Name: bucket,
      Prefix: prefix,
      KeyCount: page.length,
      MaxKeys: limit,
      IsTruncated: truncated,
      ...(truncated && { NextContinuationToken: page.at(-1) }),
      Contents: page.map((key) => {
        const { body, etag, lastModified } = s3.get(bucket, key);
        return { Key: key, LastModified: lastModified.toISOString(), ETag: etag, Size: body.length, StorageClass: 'STANDARD' };
      }),
    },
  });
}

function s3Error(error: AwsError, { method }: WireRequest): WireResponse {
  const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
  // A HEAD has no body to say more in.
  if (method === 'HEAD') return { status: error.status, headers: {} };
  return xmlResponse(error.status, { Error: { Code: code, Message: error.message } });
}

function xmlResponse(status: number, content: Record<string, unknown>): WireResponse {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml(content)}` };
}

/** Elements of the same names; an array becomes repeated elements. */
function xml(content: Record<string, unknown>): string {
  return Object.entries(content).map(([tag, value]) => [value].flat().map((one) => {
    const inner = typeof one === 'object' && one !== null ? xml(one as Record<string, unknown>) : escapeXml(String(one));
    return `<${tag}>${inner}</${tag}>`;
  }).join('')).join('');
}

function escapeXml(text: string): string {
  return text.replace(/[^\x20-\x25\x27-\x3b\x3d\x3f-\x7e]/gu, character => `&#${character.codePointAt(0) ?? 0};`);
}
