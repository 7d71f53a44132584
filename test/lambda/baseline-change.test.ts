import { BASELINE_NAMESPACE } from '../../lib/contract';
import { ProcessingJobEnd } from '../../rehearsal/aws';
import { HandlerProcess } from './handler-process';
import { queued, schedule, Stage } from './stage';

let stage: Stage;
let handler: HandlerProcess;
beforeEach(async () => {
  stage = new Stage();
  await stage.open();
  handler = stage.start('baseline-job');
});
afterEach(() => stage.close());

const succeeded = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };
const watchUri = 's3://data/baselines/watched-1a2b3c4d.json';
const namePrefix = 'churn-baseline-1a2b3c4d';

/** Properties as CloudFormation hands them over: numbers and booleans as text. */
const properties = {
  ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:provider',
  datasetUri: 's3://data/training/',
  outputUri: 's3://data/baselines',
  outputKmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
  config: JSON.stringify({ type: 'data-quality', datasetFormat: { csv: { header: true } }, analysis: { captureIndexNames: ['endpointInput'] } }),
  job: { ...schedule.job, namePrefix, instanceCount: '1', volumeSizeInGB: '20', maxRuntimeInSeconds: '3000', networkIsolation: 'true' },
};
const watched = { ...properties, watchUri };
const unwaited = { ...properties, datasetUri: 's3://assets/training.csv', continues: 'true' };
interface Answer { PhysicalResourceId: string; Data: { CurrentUri: string; JobName: string } }

const event = (ResourceProperties: object) => ({ RequestType: 'Create', RequestId: 'r', StackId: 's', ResponseURL: 'u', ResourceProperties });
const deploy = async (given: object) => await handler.invoke(event(given), { entry: 'onEvent' }) as Answer;
const isComplete = (answer: Answer, given: object) => handler.invoke({ ...event(given), ...answer }, { entry: 'isComplete' });
const change = (...bodies: object[]) => handler.invoke(queued(...bodies), { entry: 'onChange' });

const at = (time: string) => { stage.now = new Date(time); };
const put = (name: string, body = name) => stage.aws.s3.put('data', `training/${name}`, body);
const jobs = () => [...stage.aws.sageMaker.jobs.byName.keys()];
const newestJob = () => jobs().at(-1)!;
const folderOf = (job: string) => stage.aws.sageMaker.jobs.byName.get(job)!.request.ProcessingOutputConfig!.Outputs[0]!.S3Output.S3Uri;
const datasetOf = (job: string) => stage.aws.sageMaker.jobs.byName.get(job)!.request.ProcessingInputs[0]!.S3Input.S3Uri;
const filesIn = (folder: string) => ({ statisticsUri: `${folder}/statistics.json`, constraintsUri: `${folder}/constraints.json` });
const end = (job: string, change: Partial<ProcessingJobEnd> = {}) => {
  const written = change.status === undefined ? ['statistics.json', 'constraints.json'] : [];
  for (const name of written) stage.aws.s3.put('data', `${folderOf(job).replace('s3://data/', '')}/${name}`, '{}');
  stage.aws.sageMaker.jobs.complete(job, { status: 'Completed', startTime: stage.now, endTime: stage.now, ...change });
};
const current = ({ Data }: Answer) => stage.json(Data.CurrentUri.replace('s3://data/', ''));
const failures = () => stage.aws.cloudWatch.data({ namespace: BASELINE_NAMESPACE, metricName: 'baseline_failed', dimensions: { Baseline: namePrefix } }).map(({ sum }) => sum);

describe('a watched dataset', () => {
  test('is made a baseline of by the deployment, which becomes current when its job has ended', async () => {
    put('a.csv');
    const answer = await deploy(watched);
    expect(answer.PhysicalResourceId).toMatch(/^s3:\/\/data\/baselines\/[0-9a-f]{16}$/);
    expect(answer.Data).toEqual({ CurrentUri: `${answer.PhysicalResourceId}/current.json`, JobName: newestJob() });
    expect(folderOf(newestJob())).toMatch(new RegExp(`^${answer.PhysicalResourceId}/[0-9a-f]{16}$`));
    expect(datasetOf(newestJob())).toBe('s3://data/training/a.csv');
    expect(await isComplete(answer, watched)).toEqual({ IsComplete: false });

    end(newestJob());
    expect(await isComplete(answer, watched)).toEqual({ IsComplete: true, Data: answer.Data });
    expect(await change({ jobName: newestJob() })).toEqual(succeeded);
    expect(current(answer)).toEqual({ files: filesIn(folderOf(newestJob())), datasetTime: stage.now.toISOString() });
    expect(stage.aws.s3.get('data', answer.Data.CurrentUri.replace('s3://data/', '')).kmsKeyId).toBe(properties.outputKmsKeyId);
    expect(failures()).toEqual([0]);
  });

  test('that is newer starts one job, however often it is told', async () => {
    put('a.csv');
    await deploy(watched);
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    expect(await change({ watchUri }, { watchUri })).toEqual(succeeded);
    await change({ watchUri });
    expect(jobs()).toHaveLength(2);
    expect(datasetOf(newestJob())).toBe('s3://data/training/b.csv');
  });

  test('of one key is that object alone', async () => {
    put('churn.csv');
    put('churn.csv.bak');
    await deploy({ ...watched, datasetUri: 's3://data/training/churn.csv' });
    expect(datasetOf(newestJob())).toBe('s3://data/training/churn.csv');
    put('churn.csv', 'a newer version');
    await change({ watchUri });
    expect(jobs()).toHaveLength(2);
  });

  test('the newest wins, whichever job ends last; ends are told twice', async () => {
    put('a.csv');
    const answer = await deploy(watched);
    const [first] = jobs();
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    await change({ watchUri });
    const second = newestJob();
    end(second);
    end(first!);
    await change({ jobName: second });
    await change({ jobName: first! }, { jobName: second }, { jobName: first! });
    expect(current(answer)).toEqual({ files: filesIn(folderOf(second)), datasetTime: '2026-03-02T00:00:00.000Z' });
    expect(failures()).toEqual([0, 0]);
  });

  test('a finished baseline is current while a newer one is made', async () => {
    put('a.csv');
    const answer = await deploy(watched);
    const [first] = jobs();
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    await change({ watchUri });
    end(first!);
    await change({ jobName: first! });
    expect(current(answer)).toMatchObject({ files: filesIn(folderOf(first!)) });
  });

  test('whose job fails leaves the old baseline, is told by the metric, and is not tried again', async () => {
    put('a.csv');
    const answer = await deploy(watched);
    const [first] = jobs();
    end(first!);
    await change({ jobName: first! });
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    await change({ watchUri });
    end(newestJob(), { status: 'Failed', exitMessage: 'no column churn' });
    await change({ jobName: newestJob() }, { watchUri }, { jobName: newestJob() });
    expect(jobs()).toHaveLength(2);
    expect(current(answer)).toMatchObject({
      files: filesIn(folderOf(first!)), failure: { job: newestJob(), reason: `job ${newestJob()} failed: no column churn` },
    });
    expect(failures()).toEqual([0, 1]);
  });

  test('that was there before points back, without a job', async () => {
    put('a.csv');
    const answer = await deploy(watched);
    const [first] = jobs();
    end(first!);
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    await change({ watchUri });
    end(newestJob());
    await change({ jobName: newestJob() });
    at('2026-03-03T00:00:00Z');
    put('a.csv');
    await change({ watchUri });
    expect(jobs()).toHaveLength(2);
    expect(current(answer)).toEqual({ files: filesIn(folderOf(first!)), datasetTime: '2026-03-03T00:00:00.000Z' });
  });

  test('a rollback watches as before, and finds what arrived in between', async () => {
    put('a.csv');
    const before = await deploy(watched);
    end(newestJob());
    const changed = { ...watched, config: properties.config.replace('endpointInput', 'endpointOutput') };
    expect((await deploy(changed)).PhysicalResourceId).not.toBe(before.PhysicalResourceId);
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    await change({ watchUri });
    const after = await deploy(watched);
    expect(after.PhysicalResourceId).toBe(before.PhysicalResourceId);
    expect(folderOf(newestJob())).toContain(before.PhysicalResourceId);
    expect(datasetOf(newestJob())).toBe('s3://data/training/b.csv');
  });

  test('that is not there fails a deployment that waits, and no other', async () => {
    await expect(deploy(watched)).rejects.toThrow('nothing lies at s3://data/training/: put a dataset there and deploy again, or set waitForCompletion to false');
    const answer = await deploy({ ...watched, continues: 'true' });
    expect(answer.Data.JobName).toBe('');
    expect(await isComplete(answer, { ...watched, continues: 'true' })).toMatchObject({ IsComplete: true });
    put('a.csv');
    await change({ watchUri });
    expect(jobs()).toHaveLength(1);
  });

  test('before the deployment has noted what to do, nothing happens', async () => {
    put('a.csv');
    expect(await change({ watchUri })).toEqual(succeeded);
    expect(jobs()).toEqual([]);
  });

  test('a start that is refused for now is tried again from the queue', async () => {
    put('a.csv');
    await deploy({ ...watched, continues: 'true' });
    at('2026-03-02T00:00:00Z');
    put('b.csv');
    stage.aws.failNext('sagemaker:CreateProcessingJob', { code: 'ResourceLimitExceeded' });
    expect(await change({ watchUri })).toEqual(failed);
    expect(handler.log).toContain('the change had no effect; it is tried again');
    expect(await change({ watchUri })).toEqual(succeeded);
    expect(jobs()).toHaveLength(2);
  });
});

describe('a baseline that no deployment waits for', () => {
  test('is there later', async () => {
    const answer = await deploy(unwaited);
    expect(await isComplete(answer, unwaited)).toEqual({ IsComplete: true, Data: answer.Data });
    expect(stage.aws.s3.list('data', 'baselines').some(key => key.endsWith('current.json'))).toBe(false);
    end(newestJob());
    await change({ jobName: newestJob() });
    expect(current(answer)).toEqual({ files: filesIn(answer.PhysicalResourceId) });
    expect(await deploy(unwaited)).toEqual({ ...answer, Data: { ...answer.Data, JobName: '' } });
  });

  test('failed; the next deployment tries again, and the reason goes', async () => {
    const answer = await deploy(unwaited);
    end(newestJob(), { status: 'Stopped' });
    await change({ jobName: newestJob() });
    expect(current(answer)).toEqual({ failure: { job: newestJob(), reason: `job ${newestJob()} failed: SageMaker says Stopped and gives no reason` } });
    await deploy(unwaited);
    expect(jobs()).toHaveLength(2);
    end(newestJob());
    await change({ jobName: newestJob() });
    expect(current(answer)).toEqual({ files: filesIn(answer.PhysicalResourceId) });
  });

  test('whose job wrote nothing has failed', async () => {
    const answer = await deploy(unwaited);
    stage.aws.sageMaker.jobs.complete(newestJob(), { status: 'Completed', startTime: stage.now, endTime: stage.now });
    await change({ jobName: newestJob() });
    expect(current(answer)).toMatchObject({ failure: { reason: expect.stringContaining('completed but did not write') as string } });
  });
});

test('a message that makes no sense is told by name', async () => {
  expect(await change({ dataset: 'b.csv' })).toEqual(failed);
  expect(handler.log).toContain('the change is not as expected');
});
