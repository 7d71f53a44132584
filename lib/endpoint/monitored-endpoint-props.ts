import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ContainerImage } from './container-image';
import { DataCapture } from './data-capture';
import { Hosting } from './hosting';
import { ModelData } from './model-data';

/** What an endpoint hosts, on what, and where it writes down its traffic. */
export interface MonitoredEndpointProps {
  /** Container that answers `/ping` and `/invocations` on port 8080. */
  readonly image: ContainerImage;

  /** The model that the container loads from /opt/ml/model. */
  readonly modelData: ModelData;

  /** Where requests and answers are written down. */
  readonly dataCapture: DataCapture;

  /**
   * What the model runs on.
   *
   * @default - one ml.m5.large
   */
  readonly hosting?: Hosting;

  /**
   * Environment variables of the container.
   *
   * @default - those that SageMaker sets
   */
  readonly environment?: { [name: string]: string };

  /**
   * Network of the container.
   *
   * @default - SageMaker's own network
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC.
   *
   * @default - the private subnets, else the isolated ones
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups in the VPC.
   *
   * @default - a new group that lets nothing in
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Key of the instances' volumes. Instances with NVMe disks encrypt those themselves, and are given none.
   *
   * @default - the key of the capture bucket
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Cut the container off from every network; the platform brings the model and takes the capture.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;

  /**
   * Role of the model; what it needs is granted to it.
   *
   * @default - a new ExecutionRole
   */
  readonly role?: IRole;
}
