import * as kms from 'aws-cdk-lib/aws-kms';
import { MonitorType } from './monitor-type';

/** Properties of a baseline that a model package names. */
export interface ModelPackageBaselineProps {
  /** The model package: the `Ref` of a CfnModelPackage, or the ARN of a version that was registered, also as a parameter of the stack. */
  readonly modelPackageArn: string;
  /** Kind of monitor that compares with it. */
  readonly monitorType: MonitorType;
  /**
   * Key of the bucket that the files lie in.
   *
   * @default - one that needs no permission, such as S3's own
   */
  readonly dataKey?: kms.IKey;
  /**
   * Key that encrypts logs.
   *
   * @default - a key that AWS manages
   */
  readonly encryptionKey?: kms.IKey;
}
