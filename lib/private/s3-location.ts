import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { parseS3Uri } from '../contract';
import { grant, grantKey } from './grants';

/** What lies in S3 at a URI whose bucket and key may hold tokens, and who may do what with it. */
export class S3Location {
  /** One object. */
  public static object(scope: IConstruct, uri: string, encryptionKey?: kms.IKeyRef): S3Location {
    const { bucket, key } = parseS3Uri(spellOut(scope, uri));
    return new S3Location(scope, bucket, key, encryptionKey);
  }

  /** A folder, whose URI ends without a slash. */
  public static folder(scope: IConstruct, uri: string, encryptionKey?: kms.IKeyRef): S3Location {
    const { bucket, key } = parseS3Uri(spellOut(scope, uri));
    return new S3Location(scope, bucket, key === '' ? '*' : `${key}/*`, encryptionKey);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly bucket: string,
    private readonly keyPattern: string,
    private readonly encryptionKey: kms.IKeyRef | undefined,
  ) {}

  /** Allows to read and list what is here. */
  public grantRead(grantee: iam.IGrantable): void {
    this.grantObjects(grantee, ['s3:GetObject'], ['kms:Decrypt']);
    this.grantList(grantee);
  }

  /** Allows to put objects here, in parts too. */
  public grantWrite(grantee: iam.IGrantable): void {
    this.grantObjects(grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** Allows to put small objects here, each in one piece. */
  public grantPut(grantee: iam.IGrantable): void {
    this.grantObjects(grantee, ['s3:PutObject'], ['kms:GenerateDataKey']);
  }

  /** Allows to list what is here, which also makes a missing object "not found" instead of "denied". */
  public grantList(grantee: iam.IGrantable): void {
    grant(grantee, {
      actions: ['s3:ListBucket'],
      resourceArns: [this.arn(this.bucket)],
      ...this.keyPattern !== '*' && { conditions: { StringLike: { 's3:prefix': this.keyPattern } } },
    });
  }

  private grantObjects(grantee: iam.IGrantable, actions: string[], keyActions: string[]): void {
    grant(grantee, {
      actions,
      resourceArns: [this.arn(`${this.bucket}/${this.keyPattern}`)],
      reason: 'Object keys hold the time of writing, so the permission ends at their folder.',
    });
    if (this.encryptionKey !== undefined) grantKey(this.encryptionKey, grantee, ...keyActions);
  }

  private arn(resource: string): string {
    return Stack.of(this.scope).formatArn({ service: 's3', region: '', account: '', resource });
  }
}

/** An asset's URI is one token, which stands for Fn::Sub over pseudo parameters: writes it as text with a token for each. */
function spellOut(scope: IConstruct, uri: string): string {
  const { 'Fn::Sub': template } = Stack.of(scope).resolve(uri) as { readonly 'Fn::Sub'?: string };
  return template?.replace(/\$\{([^}]+)\}/g, (_, parameter: string) => Token.asString({ Ref: parameter })) ?? uri;
}
