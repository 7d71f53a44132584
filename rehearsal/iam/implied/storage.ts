import { Deployment } from '../../assembly/deployment';
import { Environment, TemplateResource } from '../../assembly/stack';
import { bucketKey, hasBucketKey, useKey } from './keys';
import { required, RequiredPermission } from './required-permission';

const S3_ACTIONS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html';
const S3_KMS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html';

/** An object that a role reads or writes. */
export interface ObjectAccess {
  readonly role: TemplateResource;
  readonly bucket: string;
  readonly key: string;
  /** The key that a write names; @default - the bucket's own */
  readonly kmsKeyId?: string;
}

/** To read an object is to let S3 decrypt it in the reader's name. */
export function readObject(access: ObjectAccess, deployment: Deployment): RequiredPermission[] {
  return [
    ...required({ principal: access.role, actions: ['s3:GetObject'], resource: objectArn(access) }, 'it reads the object', S3_ACTIONS),
    ...objectKey(access, ['kms:Decrypt'], 'S3 decrypts the object in the name of its reader', deployment),
  ];
}

/** To write an object is to let S3 make a data key in the writer's name. */
export function writeObject(access: ObjectAccess, deployment: Deployment): RequiredPermission[] {
  const named = { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': access.kmsKeyId };
  const context = access.kmsKeyId === undefined ? {} : named;
  return [
    ...required({ principal: access.role, actions: ['s3:PutObject'], resource: objectArn(access), context }, 'it writes the object', S3_ACTIONS),
    ...writeKey(access, deployment),
  ];
}

/** What a read needs of its key alone. */
export function readKey(access: ObjectAccess, deployment: Deployment): RequiredPermission[] {
  return objectKey(access, ['kms:Decrypt'], 'S3 decrypts the object in the name of its reader', deployment);
}

/** What a write needs of its key alone. */
export function writeKey(access: ObjectAccess, deployment: Deployment): RequiredPermission[] {
  return objectKey(access, ['kms:GenerateDataKey'], 'S3 encrypts the object in the name of its writer', deployment);
}

/** To list is a permission on the bucket, not on its objects. */
export function listObjects({ role, bucket, prefix }: Omit<ObjectAccess, 'key'> & { readonly prefix: string }): RequiredPermission[] {
  const resource = bucketArn(bucket, role.stack.environment);
  return required(
    { principal: role, actions: ['s3:ListBucket'], resource, context: { 's3:prefix': prefix } }, 'it lists the objects of the bucket', S3_ACTIONS,
  );
}

/** A bucket that is none of the templates' is taken to be without a key, unless the call names one. */
function objectKey(access: ObjectAccess, actions: readonly string[], because: string, deployment: Deployment): RequiredPermission[] {
  const bucket = deployment.byName('AWS::S3::Bucket', access.bucket);
  const key = access.kmsKeyId ?? (bucket === undefined ? undefined : bucketKey(bucket, deployment));
  const onBucket = bucket !== undefined && hasBucketKey(bucket, deployment);
  const context = { 'kms:EncryptionContext:aws:s3:arn': onBucket ? deployment.physical(bucket).arn : objectArn(access) };
  const { environment } = (bucket ?? access.role).stack;
  return useKey({ principal: access.role, actions, key, via: 's3', context, because, documentation: S3_KMS }, environment, deployment);
}

function bucketArn(bucket: string, { partition }: Environment): string {
  return `arn:${partition}:s3:::${bucket}`;
}

function objectArn({ role, bucket, key }: ObjectAccess): string {
  return `${bucketArn(bucket, role.stack.environment)}/${key}`;
}
