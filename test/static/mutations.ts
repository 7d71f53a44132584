import { MutableTemplate, resource } from '../rehearsal/sample-assembly';

/** A mistake that somebody could make, and what each check that has to catch it says. */
export interface Mutation {
  readonly mistake: string;
  readonly in: 'sample' | 'managedMonitor';
  readonly mutate: (template: MutableTemplate) => void;
  readonly caughtBy: Partial<Record<CheckName, RegExp>>;
}

/** Checks by what they are called in the table of mutations; the last two need Python. */
export type CheckName
  = 'schedule expressions' | 'exactly one of' | 'resource names' | 'local paths' | 'IAM actions' | 'CloudFormation validation' | 'service model' | 'cfn-lint';

const SAGEMAKER = 'AWS::SageMaker::';
type Properties = MutableTemplate['Resources'][string]['Properties'];
const propertiesOf = (template: MutableTemplate, type: string, containing?: string): Properties => resource(template, type, containing).properties;
const definition = (template: MutableTemplate): Properties => propertiesOf(template, `${SAGEMAKER}DataQualityJobDefinition`);
const managedSchedule = (template: MutableTemplate): Properties => propertiesOf(template, `${SAGEMAKER}MonitoringSchedule`).MonitoringScheduleConfig;
const endpointConfig = (template: MutableTemplate): Properties => propertiesOf(template, `${SAGEMAKER}EndpointConfig`);
const schedule = (template: MutableTemplate): Properties => propertiesOf(template, 'AWS::Scheduler::Schedule', 'EngineSchedule');
const alarm = (template: MutableTemplate): Properties => propertiesOf(template, 'AWS::CloudWatch::Alarm', 'MaximumDrift');

/** Replaces text in the pipeline's definition, which is JSON inside of an expression. */
function inPipeline(from: string, to: string): (template: MutableTemplate) => void {
  return (template) => {
    const pipeline = propertiesOf(template, `${SAGEMAKER}Pipeline`);
    const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
    const before = JSON.stringify(pipeline.PipelineDefinition);
    const after = before.replace(escaped(from), escaped(to));
    if (after === before) throw new Error(`the pipeline's definition has no ${from}`);
    pipeline.PipelineDefinition = JSON.parse(after);
  };
}

function replaceAction(from: string, to: string): (template: MutableTemplate) => void {
  return (template) => {
    const policy = Object.values(template.Resources).find(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes(`"${from}"`))!;
    policy.Properties = JSON.parse(JSON.stringify(policy.Properties).replace(`"${from}"`, `"${to}"`));
  };
}

export const MUTATIONS: readonly Mutation[] = [
  { mistake: 'a job without a role', in: 'managedMonitor',
    mutate: (template) => { delete definition(template).RoleArn; },
    caughtBy: { 'CloudFormation validation': /F3003.*RoleArn/, 'service model': /RoleArn is required/, 'cfn-lint': /E3003.*RoleArn/ } },
  { mistake: 'a local path that is longer than 256', in: 'managedMonitor',
    mutate: (template) => { definition(template).DataQualityJobInput.EndpointInput.LocalPath = `/opt/ml/processing/${'x'.repeat(256)}`; },
    caughtBy: { 'CloudFormation validation': /F3033.*LocalPath/, 'service model': /LocalPath: 275 characters, allowed are 0 to 256/ } },
  { mistake: 'more than all requests captured', in: 'sample',
    mutate: (template) => { endpointConfig(template).DataCaptureConfig.InitialSamplingPercentage = 101; },
    caughtBy: { 'CloudFormation validation': /F3034.*InitialSamplingPercentage/, 'service model': /InitialSamplingPercentage: 101, allowed are 0 to 100/ } },
  { mistake: 'a property that does not exist', in: 'sample',
    mutate: (template) => { endpointConfig(template).DataCaptureConfig.DestinationS3Url = 's3://bucket'; },
    caughtBy: { 'CloudFormation validation': /F3002.*DestinationS3Url/, 'service model': /there is no DestinationS3Url/, 'cfn-lint': /E3002.*DestinationS3Url/ } },
  { mistake: 'an attribute that does not exist', in: 'sample',
    mutate: (template) => { endpointConfig(template).ProductionVariants[0].ModelName = { 'Fn::GetAtt': ['EncryptionKey3A692D6E', 'ModelNam'] }; },
    caughtBy: { 'CloudFormation validation': /E\d+.*ModelNam/, 'cfn-lint': /E1010.*ModelNam/ } },
  { mistake: 'an instance type that does not exist', in: 'sample',
    mutate: (template) => { endpointConfig(template).ProductionVariants[0].InstanceType = 'ml.m9.huge'; },
    caughtBy: { 'CloudFormation validation': /[EW]3\d\d0.*ml\.m9\.huge/, 'service model': /InstanceType: ml\.m9\.huge is none of/, 'cfn-lint': /E30\d\d.*ml\.m9\.huge/ } },
  { mistake: 'a type of monitoring that does not exist', in: 'managedMonitor',
    mutate: (template) => { managedSchedule(template).MonitoringType = 'Data'; },
    caughtBy: { 'CloudFormation validation': /W3030.*Data/, 'service model': /MonitoringType: Data is none of/, 'cfn-lint': /E3030.*Data/ } },
  { mistake: 'a cron of five fields, as Unix has it', in: 'sample',
    mutate: (template) => { schedule(template).ScheduleExpression = 'cron(*/5 * * * *)'; },
    caughtBy: { 'schedule expressions': /cron\(…\) takes 6 fields .*got 5/ } },
  { mistake: 'an action that does not exist', in: 'sample',
    mutate: replaceAction('s3:GetObject', 's3:GetObjectt'),
    caughtBy: { 'IAM actions': /there is no action s3:GetObjectt/ } },
  { mistake: 'two inputs where there may be one', in: 'managedMonitor',
    mutate: (template) => { definition(template).DataQualityJobInput.BatchTransformInput = batchInput(); },
    caughtBy: { 'exactly one of': /DataQualityJobInput: exactly one of EndpointInput, BatchTransformInput, got EndpointInput and BatchTransformInput/ } },

  { mistake: 'no input at all', in: 'managedMonitor',
    mutate: (template) => { definition(template).DataQualityJobInput = {}; },
    caughtBy: { 'exactly one of': /exactly one of EndpointInput, BatchTransformInput, got none/ } },
  { mistake: 'two formats of one dataset', in: 'managedMonitor',
    mutate: (template) => {
      const DatasetFormat = { Csv: { Header: true }, Parquet: true };
      definition(template).DataQualityJobInput = { BatchTransformInput: { ...batchInput(), DatasetFormat } };
    },
    caughtBy: { 'exactly one of': /DatasetFormat: exactly one of Csv, Json, Parquet, got Csv and Parquet/ } },
  { mistake: 'an alarm on a metric and on an expression', in: 'sample',
    mutate: (template) => { alarm(template).Metrics = [{ Id: 'm1', Expression: '1', ReturnData: true }]; },
    caughtBy: { 'exactly one of': /exactly one of MetricName, Metrics, got MetricName and Metrics/ } },
  { mistake: 'a cron that names both kinds of day', in: 'sample',
    mutate: (template) => { schedule(template).ScheduleExpression = 'cron(10 * * * * *)'; },
    caughtBy: { 'schedule expressions': /question mark for exactly one of day of month and day of week/ } },
  { mistake: 'a minute that no hour has', in: 'sample',
    mutate: (template) => { schedule(template).ScheduleExpression = 'cron(60 * * * ? *)'; },
    caughtBy: { 'schedule expressions': /has minutes that are none/ } },
  { mistake: 'a rate in the wrong number', in: 'sample',
    mutate: (template) => { schedule(template).ScheduleExpression = 'rate(1 hours)'; },
    caughtBy: { 'schedule expressions': /rate\(…\) takes a positive number/ } },
  { mistake: 'a managed schedule every half hour', in: 'managedMonitor',
    mutate: (template) => { managedSchedule(template).ScheduleConfig.ScheduleExpression = 'cron(0/30 * ? * * *)'; },
    caughtBy: { 'schedule expressions': /the managed service runs hourly, daily/ } },
  { mistake: 'an action of a service that does not exist', in: 'sample',
    mutate: replaceAction('sagemaker:CreateProcessingJob', 'sagemakr:CreateProcessingJob'),
    caughtBy: { 'IAM actions': /there is no action sagemakr:CreateProcessingJob/ } },
  { mistake: 'a wildcard that no action fits', in: 'sample',
    mutate: (template) => { propertiesOf(template, 'AWS::KMS::Key').KeyPolicy.Statement[2].Action = ['kms:Decrypt', 'kms:GenerateDatakeys*']; },
    caughtBy: { 'IAM actions': /there is no action kms:GenerateDatakeys\*/ } },
  { mistake: 'a name that is too long once it is put together', in: 'sample',
    mutate: (template) => {
      const ModelPackageGroupName = { 'Fn::Join': ['-', ['models', { Ref: 'AWS::AccountId' }, 'x'.repeat(45)]] };
      Object.assign(propertiesOf(template, `${SAGEMAKER}ModelPackageGroup`), { ModelPackageGroupName });
    },
    caughtBy: { 'resource names': /has 65 characters, 63 are allowed/, 'service model': /ModelPackageGroupName: 65 characters, allowed are 1 to 63/ } },
  { mistake: 'an underscore in a name of SageMaker', in: 'sample',
    mutate: (template) => { propertiesOf(template, `${SAGEMAKER}ModelPackageGroup`).ModelPackageGroupName = 'churn_models'; },
    caughtBy: { 'resource names': /churn_models must match/, 'CloudFormation validation': /F3031.*ModelPackageGroupName/, 'service model': /churn_models must match/ } },
  { mistake: 'a local path outside of the folder for it', in: 'managedMonitor',
    mutate: (template) => { definition(template).DataQualityJobInput.EndpointInput.LocalPath = '/tmp/input'; },
    caughtBy: { 'local paths': /EndpointInput\.LocalPath: \/tmp\/input is not below \/opt\/ml\/processing\// } },
  { mistake: 'a local path outside of the folder for it, inside of the pipeline', in: 'sample',
    mutate: inPipeline('"/opt/ml/processing/output/train"', '"/opt/ml/output/train"'),
    caughtBy: { 'local paths': /preprocess.*\/opt\/ml\/output\/train is not below/ } },
  { mistake: 'two outputs of a step in one folder', in: 'sample',
    mutate: inPipeline('"/opt/ml/processing/output/validation"', '"/opt/ml/processing/output/train"'),
    caughtBy: { 'local paths': /preprocess.*\/opt\/ml\/processing\/output\/train is used twice/ } },
  { mistake: 'an instance type that does not exist, inside of the pipeline', in: 'sample',
    mutate: inPipeline('"InstanceType":"ml.m5.xlarge"', '"InstanceType":"ml.m5.xxlarge"'),
    caughtBy: { 'service model': /preprocess.*InstanceType: ml\.m5\.xxlarge is none of/ } },
  { mistake: 'a member that does not exist, inside of the pipeline', in: 'sample',
    mutate: inPipeline('"S3UploadMode"', '"S3UploadMod"'),
    caughtBy: { 'service model': /there is no S3UploadMod/ } },
  { mistake: 'a job of the pipeline that may not run at all', in: 'sample',
    mutate: inPipeline('"MaxRuntimeInSeconds":3600', '"MaxRuntimeInSeconds":0'),
    caughtBy: { 'service model': /MaxRuntimeInSeconds: 0, allowed are 1 to/ } },
  { mistake: 'six security groups', in: 'sample',
    mutate: (template) => { propertiesOf(template, `${SAGEMAKER}Model`).VpcConfig.SecurityGroupIds = [1, 2, 3, 4, 5, 6].map(number => `sg-${number}`); },
    caughtBy: { 'CloudFormation validation': /F3032.*SecurityGroupIds/, 'service model': /SecurityGroupIds: 6 items, allowed are 1 to 5/ } },
  { mistake: 'a resource type that does not exist', in: 'sample',
    mutate: (template) => { template.Resources.Endpoint = { Type: `${SAGEMAKER}EndpointConfiguration`, Properties: {} }; },
    caughtBy: { 'CloudFormation validation': /EndpointConfiguration/, 'cfn-lint': /E3006.*EndpointConfiguration/ } },
  { mistake: 'a comparison that does not exist', in: 'sample',
    mutate: (template) => { alarm(template).ComparisonOperator = 'GreaterThan'; },
    caughtBy: { 'CloudFormation validation': /[EW]3030.*GreaterThan/, 'cfn-lint': /E3030.*GreaterThan/ } },
  { mistake: 'a runtime that is retired', in: 'sample',
    mutate: (template) => { propertiesOf(template, 'AWS::Lambda::Function', 'StartOfPipelines').Runtime = 'nodejs16.x'; },
    caughtBy: { 'CloudFormation validation': /[EW]25\d\d.*nodejs16/, 'cfn-lint': /[EW]25\d\d.*nodejs16/ } },
];

function batchInput(): object {
  return { DataCapturedDestinationS3Uri: 's3://bucket/batch', DatasetFormat: { Csv: { Header: true } }, LocalPath: '/opt/ml/processing/input/batch' };
}
