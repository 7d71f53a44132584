import { Duration, Size } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ContainerImage, ModelData } from '../endpoint';
import { Dataset } from '../monitoring';
import { ModelRegistry } from './model-registry';

/** What a TrainingPipeline trains, with what, and where the result goes. */
export interface TrainingPipelineProps {
  /**
   * Image whose entry point obeys the verbs `preprocess`, `train`, `evaluate` and `serve`.
   *
   * `preprocess` reads /opt/ml/processing/input/data and writes /opt/ml/processing/output/train and …/validation; `train` and `serve` follow
   * SageMaker's container contracts, with the channel `train`; `evaluate` reads /opt/ml/processing/input/candidate and …/current (each holds a
   * model.tar.gz) and …/validation, and writes `{"candidate": {"auc": …}, "current": {"auc": …}}` to
   * /opt/ml/processing/output/evaluation/evaluation.json.
   */
  readonly image: ContainerImage;

  /** What the model is trained with, unless an execution's parameter `TrainingDataUri` names other data in its stead. */
  readonly trainingData: Dataset;

  /** The model to be beaten, unless an execution's parameter `CurrentModelUri` names another. */
  readonly currentModelData: ModelData;

  /** Where a better model is registered. */
  readonly registry: ModelRegistry;

  /** Where the steps' results go. Newer training data and models are read from here too. */
  readonly bucket: IBucket;

  /**
   * Folder in the bucket, without slashes around it; each execution has a folder of its own in it.
   *
   * @default pipelines
   */
  readonly prefix?: string;

  /**
   * Hyperparameters of the training.
   *
   * @default - those that the image has by itself
   */
  readonly hyperparameters?: { [name: string]: string };

  /**
   * Instance type of the jobs.
   *
   * @default ml.m5.xlarge
   */
  readonly instanceType?: string;

  /**
   * Instance types that a registered model may be hosted on.
   *
   * @default - ml.m5.large
   */
  readonly inferenceInstanceTypes?: string[];

  /**
   * Size of each job's volume, 1 GiB to 16 TiB.
   *
   * @default Size.gibibytes(20)
   */
  readonly volumeSize?: Size;

  /**
   * Longest time that each job may take, 1 minute to 5 days.
   *
   * @default Duration.hours(1)
   */
  readonly maxRuntime?: Duration;

  /**
   * Role of the pipeline and of its jobs; what they need is granted to it.
   *
   * @default - a new ExecutionRole
   */
  readonly role?: IRole;

  /**
   * Network through which the platform moves the jobs' files. The jobs themselves have no network.
   *
   * @default - SageMaker's own network
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC.
   *
   * @default - the isolated subnets
   */
  readonly subnets?: SubnetSelection;

  /**
   * Security groups in the VPC.
   *
   * @default - a new group that lets nothing in
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Key of the jobs' volumes. Instances with NVMe disks encrypt those themselves, and are given none. Results are encrypted with the bucket's key.
   *
   * @default - the key of the bucket
   */
  readonly encryptionKey?: IKeyRef;
}
