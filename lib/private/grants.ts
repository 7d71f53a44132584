import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKeyRef, KeyGrants } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a principal may do, on what. */
export interface Permission {
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
  /** Why a wildcard in the actions or resources is right; recorded beside the principal, where cdk-nag reads it. */
  readonly reason?: string;
}

/** Adds the permission to the principal's policy. */
export function grant(grantee: IGrantable, permission: Permission): Grant {
  const { reason, ...rest } = permission;
  if (reason !== undefined) acknowledgeWildcards(grantee, permission, reason);
  return Grant.addToPrincipal({ grantee, ...rest });
}

/** Permits reading the objects that match the key pattern, and decrypting them. */
export function grantReadObjects(bucket: IBucket, grantee: IGrantable, keyPattern: string): Grant {
  return grantObjects(bucket, grantee, keyPattern, ['s3:GetObject'], ['kms:Decrypt']);
}

/** Permits writing objects that match the key pattern, in parts too, and encrypting them. */
export function grantWriteObjects(bucket: IBucket, grantee: IGrantable, keyPattern: string): Grant {
  return grantObjects(bucket, grantee, keyPattern, ['s3:PutObject', 's3:AbortMultipartUpload'], ['kms:Decrypt', 'kms:GenerateDataKey']);
}

/** Permits listing the keys that match the pattern. */
export function grantListObjects(bucket: IBucket, grantee: IGrantable, keyPattern: string): Grant {
  return grant(grantee, {
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': keyPattern } },
  });
}

/** Permits uses of a key. Each stands in a statement of its own, so that CDK finds what two grants have in common, and writes it once. */
export function grantKey(key: IKeyRef, grantee: IGrantable, ...actions: string[]): void {
  for (const action of actions) KeyGrants.fromKey(key).actions(grantee, action);
}

/** Permits SageMaker to encrypt the volumes of instances in this principal's name. */
export function grantVolumeKey(key: IKeyRef, grantee: IGrantable): void {
  grantKey(key, grantee, 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext');
  grant(grantee, {
    actions: ['kms:CreateGrant'],
    resourceArns: [key.keyRef.keyArn],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
}

function grantObjects(bucket: IBucket, grantee: IGrantable, keyPattern: string, actions: string[], keyActions: string[]): Grant {
  if (bucket.encryptionKey !== undefined) grantKey(bucket.encryptionKey, grantee, ...keyActions);
  return grant(grantee, {
    actions,
    resourceArns: [bucket.arnForObjects(keyPattern)],
    reason: 'Object keys hold the time of writing, so the permission ends at their prefix.',
  });
}

function acknowledgeWildcards(grantee: IGrantable, { actions, resourceArns }: Permission, reason: string): void {
  const principal: unknown = grantee.grantPrincipal;
  if (!Construct.isConstruct(principal)) return;
  const findings = [
    ...actions.map(action => `Action::${action}`),
    ...resourceArns.map(arn => `Resource::${flatten(Stack.of(principal).resolve(arn))}`),
  ];
  for (const finding of findings.filter(text => text.includes('*'))) {
    Validations.of(principal).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
  }
}

/** Writes a resolved value as cdk-nag does in the id of a finding: a reference in angle brackets. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const [intrinsic, argument] = Object.entries(value as Record<string, unknown>)[0] ?? [];
  switch (intrinsic) {
    case 'Ref': return `<${String(argument)}>`;
    case 'Fn::GetAtt': return `<${(argument as string[]).join('.')}>`;
    case 'Fn::Join': {
      const [delimiter, parts] = argument as [string, unknown[]];
      return parts.map(flatten).join(delimiter);
    }
    default: return JSON.stringify(value);
  }
}
