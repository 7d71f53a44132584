import { Duration, Resource, Size, Stack } from 'aws-cdk-lib';
import { IVpc, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { CfnPipeline, IPipeline, PipelineReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { EvidenceParameters } from '../contract';
import { ModelData } from '../endpoint';
import { checkJob, checkPrefix } from '../monitoring/private/checks';
import { grantVolumeKey } from '../private/grants';
import { hasLocalStorage, requireInstanceType } from '../private/instance-type';
import { resourceName } from '../private/names';
import { S3Location } from '../private/s3-location';
import { Problems } from '../private/validation';
import { ExecutionRole } from '../security';
import { PipelineGrants } from './pipeline-grants';
import { pipelineDefinition } from './private/pipeline-definition';
import { PipelineJobSettings } from './private/pipeline-jobs';
import { EVIDENCE_PARAMETERS } from './private/pipeline-parameters';
import { grantJobs } from './private/pipeline-permissions';
import { TrainingPipelineProps } from './training-pipeline-props';

const NAME_LENGTH = 40;
const LONGEST = Duration.days(5);

/**
 * A pipeline that trains the model again: preprocess → train → evaluate → if not worse than the current one → register, by default
 * as PendingManualApproval. Why it was started goes into the description and the metadata of the registered model.
 *
 * @throws ValidationError when a property is out of its bounds.
 */
export class TrainingPipeline extends Resource implements IPipeline {
  /** Name of the pipeline. */
  public readonly pipelineName: string;

  /** ARN of the pipeline. */
  public readonly pipelineArn: string;

  /** Role of the pipeline and of its jobs. */
  public readonly role: IRole;

  /** Names of the parameters that take the evidence of a drift, as RetrainTrigger passes it. */
  public readonly evidenceParameters: EvidenceParameters = EVIDENCE_PARAMETERS;

  /** What others may be permitted to do with the pipeline. */
  public readonly grants: PipelineGrants;

  constructor(scope: Construct, id: string, props: TrainingPipelineProps) {
    super(scope, id);
    this.validate(props);
    this.role = props.role ?? new ExecutionRole(this, 'Role', { vpc: props.vpc, description: 'Trains a model again and registers it' });
    grantJobs(this, this.role);
    props.registry._grantRegister(this.role);

    const pipeline = new CfnPipeline(this, 'Resource', {
      pipelineName: resourceName(this, NAME_LENGTH),
      pipelineDescription: 'Trains the model again, and registers it if it is not worse than the current one',
      roleArn: this.role.roleArn,
      pipelineDefinition: { PipelineDefinitionBody: this.definition(props) },
    });
    pipeline.node.addDependency(this.role);

    this.pipelineName = pipeline.ref;
    this.pipelineArn = Stack.of(this).formatArn({ service: 'sagemaker', resource: 'pipeline', resourceName: pipeline.ref });
    this.grants = PipelineGrants.fromPipeline(this);
  }

  /** Reference to the pipeline. */
  public get pipelineRef(): PipelineReference {
    return { pipelineName: this.pipelineName };
  }

  /**
   * Permits starting an execution, as `grants.start` does.
   *
   * @param grantee who may.
   */
  public grantStartPipelineExecution(grantee: IGrantable): Grant {
    return this.grants.start(grantee);
  }

  private definition(props: TrainingPipelineProps): string {
    return Stack.of(this).toJsonString(pipelineDefinition({
      job: this.job(props),
      trainingDataUri: props.trainingData._bind(this, this.role).datasetUri,
      currentModelUri: this.currentModelUri(props.currentModelData),
      artifactsUri: this.artifactsUri(props),
      hyperparameters: props.hyperparameters ?? {},
      modelPackageGroupName: props.registry.modelPackageGroupName,
      inferenceInstanceTypes: props.inferenceInstanceTypes ?? ['ml.m5.large'],
    }));
  }

  private job(props: TrainingPipelineProps): PipelineJobSettings {
    const instanceType = props.instanceType ?? 'ml.m5.xlarge';
    const volumeKey = hasLocalStorage(instanceType) ? undefined : props.encryptionKey ?? props.bucket.encryptionKey;
    if (volumeKey !== undefined) grantVolumeKey(volumeKey, this.role);
    return {
      imageUri: props.image.bind(this, this.role).imageUri,
      roleArn: this.role.roleArn,
      instanceType,
      volumeSizeInGB: (props.volumeSize ?? Size.gibibytes(20)).toGibibytes(),
      maxRuntimeInSeconds: (props.maxRuntime ?? Duration.hours(1)).toSeconds(),
      volumeKmsKeyId: volumeKey?.keyRef.keyArn,
      outputKmsKeyId: props.bucket.encryptionKey?.keyArn,
      vpcConfig: props.vpc && this.vpcConfig(props.vpc, props),
    };
  }

  /** An endpoint only reads its model; a Processing job lists it first. */
  private currentModelUri(modelData: ModelData): string {
    const { modelDataUrl } = modelData.bind(this, this.role);
    S3Location.object(this, modelDataUrl).grantList(this.role);
    return modelDataUrl;
  }

  private artifactsUri({ bucket, prefix = 'pipelines' }: TrainingPipelineProps): string {
    const uri = bucket.s3UrlForObject(prefix);
    const folder = S3Location.folder(this, uri, bucket.encryptionKey);
    folder.grantRead(this.role);
    folder.grantWrite(this.role);
    return uri;
  }

  private vpcConfig(vpc: IVpc, { securityGroups, subnets }: TrainingPipelineProps): PipelineJobSettings['vpcConfig'] {
    const groups = securityGroups ?? [new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Jobs of a training pipeline' })];
    return {
      Subnets: vpc.selectSubnets(subnets ?? { subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
      SecurityGroupIds: groups.map(group => group.securityGroupId),
    };
  }

  private validate(props: TrainingPipelineProps): void {
    const { instanceType = 'ml.m5.xlarge', inferenceInstanceTypes = ['ml.m5.large'], maxRuntime = Duration.hours(1), prefix = 'pipelines' } = props;
    const { securityGroups, subnets, volumeSize, vpc } = props;
    const problems = new Problems(this);
    checkJob({ instanceType, maxRuntime, securityGroups, subnets, volumeSize, vpc }, LONGEST, problems);
    checkPrefix(prefix, problems);
    requireInstanceType(problems, instanceType, 'training');
    problems.require(inferenceInstanceTypes.length > 0, 'inferenceInstanceTypes is empty: a registered model could be hosted nowhere; give at least one');
    for (const type of inferenceInstanceTypes) requireInstanceType(problems, type, 'endpoint');
    problems.throwIfAny();
  }
}
