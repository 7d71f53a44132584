import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDataQualityJobDefinition, CfnMonitoringSchedule } from 'aws-cdk-lib/aws-sagemaker';

/** Adds a stack with a data quality job of SageMaker Model Monitor and its schedule: types that the sample has no use for, and checks know. */
export function addManagedMonitor(app: App, id: string): void {
  const stack = new Stack(app, id);
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const definition = new CfnDataQualityJobDefinition(stack, 'Definition', {
    jobDefinitionName: 'churn-data-quality',
    dataQualityAppSpecification: { imageUri: '156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer' },
    dataQualityJobInput: { endpointInput: { endpointName: 'churn', localPath: '/opt/ml/processing/input/endpoint' } },
    dataQualityJobOutputConfig: {
      monitoringOutputs: [{ s3Output: { s3Uri: 's3://bucket/reports', localPath: '/opt/ml/processing/output', s3UploadMode: 'EndOfJob' } }],
    },
    jobResources: { clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.xlarge', volumeSizeInGb: 20 } },
    roleArn: role.roleArn,
  });
  new CfnMonitoringSchedule(stack, 'Schedule', {
    monitoringScheduleName: 'churn-data-quality',
    monitoringScheduleConfig: {
      monitoringJobDefinitionName: definition.jobDefinitionName,
      monitoringType: 'DataQuality',
      scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
    },
  });
}
