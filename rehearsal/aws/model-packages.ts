import * as z from 'zod';
import { AwsError } from './aws-error';
import { Operation, operation } from './operation';

const DescribeModelPackage = z.object({ ModelPackageName: z.string().min(1) });

/** SageMaker's model packages, as far as describing them goes. */
export class ModelPackages {
  private readonly byArn = new Map<string, Readonly<Record<string, unknown>>>();

  /** Makes a model package exist. */
  declare(arn: string, properties: Readonly<Record<string, unknown>>): void {
    this.byArn.set(arn, properties);
  }

  readonly operations: Record<string, Operation> = {
    DescribeModelPackage: operation(DescribeModelPackage,
      ({ ModelPackageName }) => ({ action: 'sagemaker:DescribeModelPackage', resource: ModelPackageName, conditions: {} }),
      ({ ModelPackageName }) => this.describe(ModelPackageName)),
  };

  private describe(arn: string): unknown {
    const properties = this.byArn.get(arn);
    if (properties === undefined) throw new AwsError('ValidationException', `ModelPackage ${arn} does not exist.`);
    return { ...properties, ModelPackageArn: arn };
  }
}
