import { Logger } from '@aws-lambda-powertools/logger';
import { DescribeModelPackageCommand, DriftCheckBaselines, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { CdkCustomResourceEvent, CdkCustomResourceResponse } from 'aws-lambda';
import * as z from 'zod';
import { MONITOR_TYPES, ModelPackageBaselineAttributes, ModelPackageBaselineRequest, parseS3Uri } from '../../lib/contract';
import { parse } from '../shared/parse';
import { requiredFiles } from './required-files';

const logger = new Logger({ serviceName: 'model-package-baseline' });
const sageMaker = new SageMakerClient({});

const requestSchema = z.object({
  modelPackageArn: z.string().regex(/^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package\/.+$/, 'must be the ARN of a model package'),
  monitorType: z.enum(MONITOR_TYPES),
}) satisfies z.ZodType<ModelPackageBaselineRequest>;

/**
 * Tells where the files lie that a model package names as the baseline of a monitor.
 *
 * @throws Error that names the package and what of it is missing, which CloudFormation shows.
 */
export async function onEvent(event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Delete') return { PhysicalResourceId: event.PhysicalResourceId };
  const request = parse(requestSchema, event.ResourceProperties, 'the request for the baseline of a model package');
  const { modelPackageArn, monitorType } = request;
  const { DriftCheckBaselines } = await sageMaker.send(new DescribeModelPackageCommand({ ModelPackageName: modelPackageArn }));
  const Data = attributes(request, DriftCheckBaselines ?? {});
  logger.info('baseline found', { modelPackageArn, monitorType, ...Data });
  return { PhysicalResourceId: `${modelPackageArn}/${monitorType}`, Data };
}

function attributes({ modelPackageArn, monitorType }: ModelPackageBaselineRequest, baselines: DriftCheckBaselines): ModelPackageBaselineAttributes {
  const { constraints, statistics } = requiredFiles(monitorType);
  const [, partition = ''] = modelPackageArn.split(':');
  const place = (section: readonly string[]): { uri: string; arn: string; bucketArn: string; key: string } => {
    const uri = uriIn(baselines, section);
    if (uri === undefined) throw new Error(`the model package ${modelPackageArn} has no DriftCheckBaselines.${section.join('.')}, which a ${monitorType} monitor compares with`);
    const { bucket, key } = parseS3Uri(uri);
    return { uri, key, bucketArn: `arn:${partition}:s3:::${bucket}`, arn: `arn:${partition}:s3:::${bucket}/${key}` };
  };
  const found = place(constraints);
  const beside = statistics && place(statistics);
  return {
    ConstraintsUri: found.uri, ConstraintsArn: found.arn, ConstraintsBucketArn: found.bucketArn, ConstraintsKey: found.key,
    ...beside && { StatisticsUri: beside.uri, StatisticsArn: beside.arn, StatisticsBucketArn: beside.bucketArn, StatisticsKey: beside.key },
  };
}

function uriIn(baselines: DriftCheckBaselines, section: readonly string[]): string | undefined {
  const found = section.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], baselines);
  return (found as { readonly S3Uri?: string } | undefined)?.S3Uri;
}
