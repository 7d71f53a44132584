import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { metricNamespace, MonitorConfig, ScheduleConfig } from '../../../contract';
import { grant } from '../../../private/grants';
import { S3Location } from '../../../private/s3-location';
import { BoundSchedule } from '../bound-schedule';
import { endpointArns } from './endpoint-arns';

/** How Clarify names the endpoint that it makes, asks and deletes again. */
const SHADOW = 'sm-clarify-*';

/** Allows the service to publish the metrics that its container writes into a file. */
export function grantMetrics(role: iam.IGrantable, { type }: MonitorConfig, { endpointName }: BoundSchedule): void {
  grant(role, {
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': metricNamespace(type, endpointName) } },
    reason: 'PutMetricData knows no resource; the namespace bounds it.',
  });
}

/** Allows to write what captures and labels are merged into, and to read it again. */
export function grantMerge(scope: Construct, role: iam.IGrantable, { output }: ScheduleConfig, { outputKey }: BoundSchedule): void {
  const merged = S3Location.folder(scope, `${output.uri}/merge`, outputKey);
  merged.grantRead(role);
  merged.grantWrite(role);
}

/** Allows Clarify to make a copy of the endpoint, to ask it, and to delete it. */
export function grantShadowEndpoint(scope: Construct, role: iam.IGrantable, { asked }: BoundSchedule): void {
  const arn = (resource: string, resourceName: string): string => Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName });
  const arns = asked.flatMap(({ endpoint }) => endpointArns(endpoint));
  if (arns.length > 0) grant(role, { actions: ['sagemaker:DescribeEndpoint'], resourceArns: arns });
  grant(role, {
    actions: ['sagemaker:DescribeEndpointConfig', 'sagemaker:DescribeModel'],
    resourceArns: [arn('endpoint-config', '*'), arn('model', '*')],
    reason: 'The endpoint alone tells which configuration and model it has.',
  });
  grant(role, {
    actions: [
      'sagemaker:CreateEndpoint', 'sagemaker:CreateEndpointConfig', 'sagemaker:DeleteEndpoint', 'sagemaker:DeleteEndpointConfig',
      'sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint',
    ],
    resourceArns: [arn('endpoint', SHADOW), arn('endpoint-config', SHADOW)],
    reason: 'Clarify names the copy of the endpoint.',
  });
}
