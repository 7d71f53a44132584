import { Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { JobConfig } from '../../contract';
import { ContainerImage } from '../../endpoint';
import { handlerAsset } from '../../private/assets';
import { grant, grantVolumeKey } from '../../private/grants';
import { ExecutionRole } from '../../security';
import { AnalysisJobOptions } from '../analysis-job-options';

/** Options of a job, the longest it may take, and the start of its name. */
export interface AnalysisJobProps extends AnalysisJobOptions {
  readonly maxRuntime: Duration;
  /**
   * Whether the container has no network at all; one that asks the model needs it.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;
  /** The rest of a job's name tells one execution from another. */
  readonly namePrefix: string;
}

/** The Processing job that runs the analyzer: its role, its network, and who may start it. */
export class AnalysisJob extends Construct {
  /** Role of the job. */
  public readonly role: iam.IRole;
  /** The job as the handlers start it. */
  public readonly config: JobConfig;
  private readonly encryptionKey: AnalysisJobOptions['encryptionKey'];

  constructor(scope: Construct, id: string, props: AnalysisJobProps) {
    super(scope, id);
    const { encryptionKey, vpc } = props;
    this.encryptionKey = encryptionKey;
    this.role = props.role ?? new ExecutionRole(this, 'Role', { vpc });
    if (encryptionKey !== undefined) grantVolumeKey(encryptionKey, this.role);
    const image = props.image ?? ContainerImage.fromAsset(handlerAsset('analyzer'));
    this.config = {
      namePrefix: props.namePrefix,
      roleArn: this.role.roleArn,
      imageUri: image.bind(this, this.role).imageUri,
      instanceType: props.instanceType ?? 'ml.m5.xlarge',
      instanceCount: 1,
      volumeSizeInGB: (props.volumeSize ?? Size.gibibytes(20)).toGibibytes(),
      maxRuntimeInSeconds: props.maxRuntime.toSeconds(),
      networkIsolation: props.networkIsolation ?? true,
      ...encryptionKey && { volumeKmsKeyId: encryptionKey.keyArn },
      ...vpc && this.network(vpc, props),
    };
  }

  /** Allows to start these jobs. */
  public grantStart(grantee: iam.IGrantable): void {
    this.grantJobs(grantee, 'sagemaker:CreateProcessingJob');
    grant(grantee, {
      actions: ['iam:PassRole'],
      resourceArns: [this.role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    });
    if (this.encryptionKey !== undefined) grantVolumeKey(this.encryptionKey, grantee);
  }

  /** Allows to look at these jobs. */
  public grantDescribe(grantee: iam.IGrantable): void {
    this.grantJobs(grantee, 'sagemaker:DescribeProcessingJob');
  }

  private grantJobs(grantee: iam.IGrantable, action: string): void {
    grant(grantee, {
      actions: [action],
      resourceArns: [Stack.of(this).formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName: `${this.config.namePrefix}-*` })],
      reason: 'The name of a job ends in what it analyses.',
    });
  }

  private network(vpc: ec2.IVpc, { subnets, securityGroups }: AnalysisJobOptions): Pick<JobConfig, 'subnets' | 'securityGroupIds'> {
    const groups = securityGroups ?? [new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Analysis jobs' })];
    return {
      subnets: vpc.selectSubnets(subnets ?? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }).subnetIds,
      securityGroupIds: groups.map(group => group.securityGroupId),
    };
  }
}
