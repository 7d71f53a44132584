import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ContainerImage } from '../endpoint';

/** The Processing job that runs the analyzer. */
export interface AnalysisJobOptions {
  /**
   * The analyzer.
   *
   * @default - built from the Dockerfile of this package when the app is deployed
   */
  readonly image?: ContainerImage;
  /**
   * Instance type, one that has no Graviton processor.
   *
   * @default ml.m5.xlarge
   */
  readonly instanceType?: string;
  /**
   * Size of the volume, 1 GiB to 16 TiB: it holds what is analysed.
   *
   * @default Size.gibibytes(20)
   */
  readonly volumeSize?: Size;
  /**
   * Role of the job; what it needs is granted to it. In a schedule, the job that asks the model has a role of its own beside it.
   *
   * @default - a new ExecutionRole
   */
  readonly role?: iam.IRole;
  /**
   * Network through which the platform moves the job's files. The job itself has no network, but for one that asks the model: it needs the VPC
   * endpoint of sagemaker.runtime there, as a SecureVpc has it.
   *
   * @default - SageMaker's own network
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Subnets of the VPC.
   *
   * @default - the isolated subnets
   */
  readonly subnets?: ec2.SubnetSelection;
  /**
   * Security groups in the VPC.
   *
   * @default - a new group
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * Key that encrypts volumes, queues and logs. Buckets bring their own.
   *
   * @default - keys that AWS manages
   */
  readonly encryptionKey?: kms.IKey;
}
