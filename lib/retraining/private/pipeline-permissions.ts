import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { grant } from '../../private/grants';

/** Every job that a pipeline starts is named after its execution. */
const JOB_NAMES = 'pipelines-*';

const JOB_ACTIONS = {
  'processing-job': ['sagemaker:CreateProcessingJob', 'sagemaker:DescribeProcessingJob', 'sagemaker:StopProcessingJob', 'sagemaker:AddTags'],
  'training-job': ['sagemaker:CreateTrainingJob', 'sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob', 'sagemaker:AddTags'],
};

/**
 * Permits a pipeline's role to run the jobs of its steps, with itself as their role.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 */
export function grantJobs(scope: IConstruct, role: IRole): void {
  for (const [resource, actions] of Object.entries(JOB_ACTIONS)) {
    grant(role, {
      actions,
      resourceArns: [Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName: JOB_NAMES })],
      reason: 'A pipeline names its jobs after its execution.',
    });
  }
  grant(role, {
    actions: ['iam:PassRole'],
    resourceArns: [role.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
}
