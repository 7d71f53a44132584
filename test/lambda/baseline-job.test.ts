import { ProcessingJobEnd } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { Stage, schedule } from './stage';

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('baseline-job');
});
afterEach(() => stage.close());

const config = {
  type: 'data-quality',
  datasetFormat: { csv: { header: true } },
  analysis: {
    captureIndexNames: ['endpointInput'], excludedColumns: ['churned'], sensitiveColumns: [], comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 50,
  },
};

/** Properties as CloudFormation hands them over: numbers and booleans as text. */
const properties = {
  ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:provider',
  datasetUri: 's3://assets/training.csv',
  outputUri: 's3://data/baselines',
  outputKmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
  config: JSON.stringify(config),
  job: {
    ...schedule.job, namePrefix: 'churn-baseline-1a2b3c4d', instanceCount: '1', volumeSizeInGB: '20', maxRuntimeInSeconds: '3000', networkIsolation: 'true',
  },
};
type Properties = typeof properties;
interface Answer { PhysicalResourceId: string; Data: { StatisticsUri?: string; ConstraintsUri: string; JobName: string } }

const request = (type: 'Create' | 'Update' | 'Delete', ResourceProperties: Properties = properties) => ({
  RequestType: type, ResourceType: 'Custom::ModelMonitorBaseline', LogicalResourceId: 'Baseline', RequestId: 'r', StackId: 's', ResponseURL: 'u', ResourceProperties,
  ...(type !== 'Create' && { PhysicalResourceId: 's3://data/baselines/old' }),
});
const onEvent = async (type: 'Create' | 'Update' | 'Delete', changed?: Properties) => await handler.invoke(request(type, changed), { entry: 'onEvent' }) as Answer;
/** The framework hands over what onEvent answered. */
const isComplete = (answer: Answer, type: 'Create' | 'Update' | 'Delete' = 'Create') => handler.invoke({ ...request(type), ...answer }, { entry: 'isComplete' });
const jobs = () => [...stage.aws.sageMaker.jobs.byName.keys()];
const end = (name: string, change: Partial<ProcessingJobEnd> = {}) =>
  stage.aws.sageMaker.jobs.complete(name, { status: 'Completed', startTime: stage.now, endTime: stage.now, ...change });
const writeBaseline = (folderUri: string, ...files: string[]) => {
  const folder = folderUri.replace('s3://data/', '');
  for (const file of files.length > 0 ? files : ['statistics.json', 'constraints.json']) stage.aws.s3.put('data', `${folder}/${file}`, '{}');
};
const with_ = (change: object) => ({ ...properties, config: JSON.stringify({ ...config, analysis: { ...config.analysis, ...change } }) });

test('a new baseline is made by a job, and the deployment waits for it', async () => {
  const answer = await onEvent('Create');
  expect(answer.PhysicalResourceId).toMatch(/^s3:\/\/data\/baselines\/[0-9a-f]{16}$/);
  const hash = answer.PhysicalResourceId.slice(-16);
  expect(jobs()).toEqual([`churn-baseline-1a2b3c4d-${hash.slice(0, 8)}-1`]);
  expect(stage.aws.sageMaker.jobs.byName.get(answer.Data.JobName)?.request).toMatchObject({
    ProcessingInputs: [
      { InputName: 'dataset', S3Input: { S3Uri: 's3://assets/training.csv', LocalPath: '/opt/ml/processing/input/dataset' } },
      { InputName: 'config', S3Input: { S3Uri: `s3://data/baselines/${hash}/input/config.json`, LocalPath: '/opt/ml/processing/input/config' } },
    ],
    ProcessingOutputConfig: {
      KmsKeyId: properties.outputKmsKeyId,
      Outputs: [{ OutputName: 'baseline', S3Output: { S3Uri: answer.PhysicalResourceId, LocalPath: '/opt/ml/processing/output' } }],
    },
    Environment: { dataset_format: '{"csv":{"header":true}}' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, VolumeSizeInGB: 20 } },
    NetworkConfig: { EnableNetworkIsolation: true },
    StoppingCondition: { MaxRuntimeInSeconds: 3000 },
  });
  expect(stage.json(`baselines/${hash}/input/config.json`)).toMatchObject({ datasetFormat: { csv: { header: true } }, analysis: { comparisonThreshold: 0.1, minimumRows: 50 } });

  expect(await isComplete(answer)).toEqual({ IsComplete: false });
  writeBaseline(answer.PhysicalResourceId);
  end(answer.Data.JobName);
  expect(await isComplete(answer)).toEqual({
    IsComplete: true,
    Data: {
      StatisticsUri: `${answer.PhysicalResourceId}/statistics.json`,
      ConstraintsUri: `${answer.PhysicalResourceId}/constraints.json`,
      JobName: answer.Data.JobName,
    },
  });
});

test.each(['model-bias', 'model-explainability'])('the baseline of %s is analysis.json alone', async (type) => {
  const bias = { ...properties, config: JSON.stringify({ ...config, type, analysis: { label: 'approved', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 0 }] } }) };
  const answer = await onEvent('Create', bias);
  const constraintsUri = `${answer.PhysicalResourceId}/analysis.json`;
  expect(answer.Data).toEqual({ ConstraintsUri: constraintsUri, JobName: answer.Data.JobName });
  const folder = answer.PhysicalResourceId.replace('s3://data/', '');
  expect(stage.json(`${folder}/input/config.json`)).toMatchObject({ type, analysis: { labelValuesOrThreshold: [1] } });

  end(answer.Data.JobName);
  await expect(handler.invoke({ ...request('Create', bias), ...answer }, { entry: 'isComplete' })).rejects.toThrow(`completed but did not write ${constraintsUri}`);
  writeBaseline(answer.PhysicalResourceId, 'analysis.json');
  expect(await handler.invoke({ ...request('Create', bias), ...answer }, { entry: 'isComplete' })).toMatchObject({ IsComplete: true, Data: { ConstraintsUri: constraintsUri } });
});

test('the threshold 1 and the label \'1\' are two baselines', async () => {
  const labelled = (values: unknown[]) => ({ ...properties, config: JSON.stringify({ ...config, type: 'model-bias', analysis: { labelValuesOrThreshold: values } }) });
  const [threshold, label] = [await onEvent('Create', labelled([1])), await onEvent('Create', labelled(['1']))];
  expect(threshold.PhysicalResourceId).not.toBe(label.PhysicalResourceId);
});

test('another configuration has another place; a rollback points back without a job', async () => {
  const first = await onEvent('Create');
  writeBaseline(first.PhysicalResourceId);
  end(first.Data.JobName);
  const second = await onEvent('Update', with_({ comparisonThreshold: 0.2 }));
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
  expect(jobs()).toHaveLength(2);

  const back = await onEvent('Update');
  expect(back).toEqual({ ...first, Data: { ...first.Data, JobName: '' } });
  expect(jobs()).toHaveLength(2);
  expect(await isComplete(back, 'Update')).toMatchObject({ IsComplete: true, Data: { StatisticsUri: first.Data.StatisticsUri } });
});

test('a bigger machine or another role is no other baseline', async () => {
  const first = await onEvent('Create');
  const bigger = await onEvent('Update', { ...properties, job: { ...properties.job, instanceType: 'ml.m5.4xlarge', roleArn: 'arn:aws:iam::111122223333:role/other' } });
  expect(bigger.PhysicalResourceId).toBe(first.PhysicalResourceId);
});

test('the order of properties is of no account', async () => {
  const first = await onEvent('Create');
  const { analysis, ...rest } = config;
  const reordered = { ...properties, config: JSON.stringify({ analysis: Object.fromEntries(Object.entries(analysis).reverse()), ...rest }) };
  expect((await onEvent('Update', reordered)).PhysicalResourceId).toBe(first.PhysicalResourceId);
});

test('a repeated event waits for the job that runs', async () => {
  const first = await onEvent('Create');
  expect(await onEvent('Create')).toEqual(first);
  expect(jobs()).toHaveLength(1);
});

test.each([
  ['failed', 'Failed', { exitMessage: 'column churned is not in the dataset', failureReason: 'AlgorithmError: exit code 1' }, 'failed: column churned is not in the dataset – AlgorithmError: exit code 1'],
  ['was stopped', 'Stopped', {}, 'was stopped: SageMaker says Stopped and gives no reason'],
] as const)('a job that %s fails the deployment with its reason; the next deployment tries again', async (_what, status, reasons, told) => {
  const first = await onEvent('Create');
  end(first.Data.JobName, { status, ...reasons });
  await expect(isComplete(first)).rejects.toThrow(`baseline job ${first.Data.JobName} ${told}`);
  const second = await onEvent('Create');
  expect(second.PhysicalResourceId).toBe(first.PhysicalResourceId);
  expect(second.Data.JobName).toBe(first.Data.JobName.replace(/-1$/, '-2'));
});

test('a job that ended well but wrote nothing fails the deployment', async () => {
  const answer = await onEvent('Create');
  end(answer.Data.JobName);
  await expect(isComplete(answer)).rejects.toThrow(
    `completed but did not write ${answer.PhysicalResourceId}/statistics.json and ${answer.PhysicalResourceId}/constraints.json`,
  );
});

test('a role that SageMaker does not know yet is waited for', async () => {
  stage.aws.failNext('sagemaker:CreateProcessingJob', { code: 'ValidationException', message: 'Could not assume role arn:aws:iam::111122223333:role/job' });
  await onEvent('Create');
  expect(jobs()).toHaveLength(1);
});

test('a role that stays unknown fails before the function runs out of time', async () => {
  stage.aws.failNext('sagemaker:CreateProcessingJob', { code: 'ValidationException', message: 'Could not assume role x', times: 9 });
  await expect(handler.invoke(request('Create'), { entry: 'onEvent', remaining: 12_000 })).rejects.toThrow('Could not assume role x');
});

test('deletion deletes nothing', async () => {
  expect(await onEvent('Delete')).toEqual({ PhysicalResourceId: 's3://data/baselines/old' });
  expect(await isComplete(await onEvent('Delete'), 'Delete')).toEqual({ IsComplete: true });
  expect(stage.aws.calls).toEqual([]);
});

test('properties that make no sense are told by name', async () => {
  await expect(onEvent('Create', { ...properties, outputUri: 's3://data/baselines/', job: { ...properties.job, instanceCount: 'two' } }))
    .rejects.toThrow(/the baseline request is not as expected:[^]*at outputUri[^]*at job\.instanceCount/);
  await expect(onEvent('Create', { ...properties, config: '{' })).rejects.toThrow(/must be JSON[^]*at config/);
  await expect(onEvent('Create', { ...properties, config: JSON.stringify({ ...config, type: 'fairness' }) })).rejects.toThrow(/at config\.type/);
});
