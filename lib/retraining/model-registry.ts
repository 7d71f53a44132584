import { Resource, Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnModelPackageGroup, ModelPackageGroupReference } from 'aws-cdk-lib/aws-sagemaker';
import { aws_sagemaker as interfaces } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { grant } from '../private/grants';
import { resourceName } from '../private/names';

/** What a ModelRegistry holds. */
export interface ModelRegistryProps {
  /**
   * What the models are for. SageMaker cannot change it: another text makes another, empty registry.
   *
   * @default - the group has no description
   */
  readonly description?: string;
}

const NAME_LENGTH = 40;

/** The versions of one model, each waiting for approval, approved or rejected: a model package group. */
export class ModelRegistry extends Resource implements interfaces.IModelPackageGroupRef {
  /** Name of the model package group. */
  public readonly modelPackageGroupName: string;

  /** ARN of the model package group. */
  public readonly modelPackageGroupArn: string;

  constructor(scope: Construct, id: string, props: ModelRegistryProps = {}) {
    super(scope, id);
    const group = new CfnModelPackageGroup(this, 'Resource', {
      modelPackageGroupName: resourceName(this, NAME_LENGTH),
      modelPackageGroupDescription: props.description,
    });
    this.modelPackageGroupName = group.modelPackageGroupName;
    this.modelPackageGroupArn = group.attrModelPackageGroupArn;
  }

  /** Reference to the model package group. */
  public get modelPackageGroupRef(): ModelPackageGroupReference {
    return { modelPackageGroupArn: this.modelPackageGroupArn };
  }

  /**
   * Permits adding versions and looking at them.
   *
   * @internal
   */
  public _grantRegister(grantee: IGrantable): Grant {
    return grant(grantee, {
      actions: ['sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage', 'sagemaker:AddTags'],
      resourceArns: [this.modelPackageGroupArn, this.versionArns()],
      reason: 'SageMaker numbers the versions of a model.',
    });
  }

  private versionArns(): string {
    return Stack.of(this).formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: `${this.modelPackageGroupName}/*` });
  }
}
