import { Deployment } from '../../assembly/deployment';
import { regionalArn } from '../../assembly/physical';
import { Environment, TemplateResource } from '../../assembly/stack';
import { isRole, Principal } from '../principal';
import { required, RequiredPermission } from './required-permission';

/** What a key does for a call. */
export interface KeyUse {
  readonly principal: Principal;
  readonly actions: readonly string[];
  /** Id, ARN or alias; nothing when no key is involved. */
  readonly key: string | undefined;
  /** The service that uses the key on the caller's behalf, as in `kms:ViaService`: `s3`. */
  readonly via: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly because: string;
  readonly documentation: string;
}

/** Permissions on the key behind a call; none without a key. */
export function useKey(use: KeyUse, environment: Environment, deployment: Deployment): RequiredPermission[] {
  const { key, via, principal, context, actions, because, documentation } = use;
  if (key === undefined) return [];
  const { region, urlSuffix } = environment;
  const carried = isRole(principal) ? { 'kms:ViaService': `${via}.${region}.${urlSuffix}`, ...context } : context ?? {};
  return required({ principal, actions, resource: keyArn(key, environment, deployment), context: carried }, because, documentation);
}

/** ARN of the key that an id, ARN or alias means; an alias of AWS' own keys stays one. */
function keyArn(key: string, environment: Environment, deployment: Deployment): string {
  const alias = /(?:^|:)(alias\/.+)$/.exec(key)?.[1];
  if (alias === undefined) return key.startsWith('arn:') ? key : regionalArn(environment, 'kms', `key/${key}`);
  const resource = deployment.byName('AWS::KMS::Alias', alias);
  if (resource === undefined) return regionalArn(environment, 'kms', alias);
  return keyArn(String(deployment.value(resource, resource.properties.TargetKeyId)), environment, deployment);
}

/** The key that encrypts what is put into a bucket without naming one; `undefined` for S3's own encryption. */
export function bucketKey(bucket: TemplateResource, deployment: Deployment): string | undefined {
  const byDefault = encryptionRule(bucket, deployment)?.ServerSideEncryptionByDefault;
  return byDefault?.SSEAlgorithm.startsWith('aws:kms') === true ? byDefault.KMSMasterKeyID ?? 'alias/aws/s3' : undefined;
}

/** Whether S3 makes one data key for the bucket and a time, and tells KMS the bucket's ARN instead of the object's. */
export function hasBucketKey(bucket: TemplateResource, deployment: Deployment): boolean {
  return encryptionRule(bucket, deployment)?.BucketKeyEnabled === true;
}

/** The key of a queue or a topic; `undefined` when it has none of KMS. */
export function messageKey(queueOrTopic: TemplateResource, deployment: Deployment): string | undefined {
  const key = deployment.value(queueOrTopic, queueOrTopic.properties.KmsMasterKeyId);
  return typeof key === 'string' ? key : undefined;
}

interface EncryptionRule {
  readonly BucketKeyEnabled?: boolean;
  readonly ServerSideEncryptionByDefault?: { readonly SSEAlgorithm: string; readonly KMSMasterKeyID?: string };
}

function encryptionRule(bucket: TemplateResource, deployment: Deployment): EncryptionRule | undefined {
  const encryption = deployment.value(bucket, bucket.properties.BucketEncryption);
  return (encryption as { ServerSideEncryptionConfiguration?: EncryptionRule[] } | undefined)?.ServerSideEncryptionConfiguration?.[0];
}
