import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListEndpointsCommand, ListPipelinesCommand, ListTagsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ModelMonitoringConfig } from '../../lib';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { PLANTED } from '../rehearsal/sample-assembly';
import { CdkCli, sampleConfig, STACK } from './cdk-cli';
import { DeployedLoop } from './deployed-loop';
import { Happenings } from './deployed-stack';
import { EmulatorProcess } from './emulator-process';
import { StackState } from './stack-state';

/** A calm hour, one without traffic, and two with drift. */
const TRAFFIC = { hours: 4, recordsPerHour: 1000, seed: 1, plan: { calmHours: 2, planted: PLANTED }, quietHours: [1] };
const DRIFT_ALARMS = [
  'baseline_drift_max', 'feature_baseline_drift_income', 'feature_relative_mean_shift_income',
  'violations_categorical_values_check', 'violations_completeness_check', 'violations_data_type_check',
];

let emulator: EmulatorProcess;
let cdk: CdkCli;
let loop: DeployedLoop;
let outputs: Record<string, string>;
const stack = (): StackState => new StackState(emulator, STACK);
const hours: Happenings[] = [];

beforeAll(async () => {
  emulator = await EmulatorProcess.start();
  cdk = new CdkCli(emulator);
});
afterAll(async () => {
  await emulator.stop();
});

// The tests follow one another: they are chapters of one stack's life.

describe('the first deployment', () => {
  test('the stock command line bootstraps and deploys, and the deployment has made the baseline', async () => {
    expect(await cdk.bootstrap()).toMatchObject({ code: 0 });
    const deployment = await cdk.deploy(sampleConfig());
    expect(deployment).toMatchObject({ code: 0 });
    outputs = deployment.outputs;
    loop = await DeployedLoop.open(emulator, outputs, TRAFFIC);
    expect(await stack().status()).toBe('CREATE_COMPLETE');
    expect(await loop.stack.read(outputs.BaselineConstraints!)).toContain('"income"');
    expect((await loop.stack.jobs()).map(({ ProcessingJobStatus }) => ProcessingJobStatus)).toEqual(['Completed']);
  });

  test('cdk diff finds nothing afterwards', async () => {
    expect(await cdk.diff(sampleConfig())).toMatchObject({ code: 0 });
  });
});

describe('traffic', () => {
  test('an endpoint that nobody has asked yet starts no job', async () => {
    const { results, raised } = await loop.begin();

    expect(results.map(({ status }) => status)).toEqual(['NoData']);
    expect(raised).toEqual(['execution_no_data']);
    expect(await loop.stack.jobs()).toHaveLength(1);
  });

  test('a calm hour is analysed and starts nothing', async () => {
    const hour = await play(0);

    expect(hour.results.map(({ status, records }) => [status, records.captured])).toEqual([['Completed', 1000]]);
    expect(hour.raised).toEqual([]);
    expect(await loop.pipelineExecutions()).toEqual([]);
  });

  test('an hour without traffic starts nothing', async () => {
    const hour = await play(1);

    expect(hour.results.map(({ status }) => status)).toEqual(['NoData']);
    expect(hour.raised).toEqual(['execution_no_data']);
    expect(await loop.pipelineExecutions()).toEqual([]);
  });

  test('an hour with drift raises its alarms and starts one execution of the pipeline', async () => {
    const hour = await play(2);

    expect(hour.results.map(({ status }) => status)).toEqual(['CompletedWithViolations']);
    expect(hour.raised).toEqual(DRIFT_ALARMS);
    expect(await loop.stack.compositeStates()).toEqual(['ALARM']);
    expect(await loop.pipelineExecutions()).toEqual([expect.objectContaining({
      PipelineExecutionStatus: 'Executing',
      PipelineExecutionDisplayName: hour.results[0]!.execution,
      PipelineExecutionDescription: expect.stringMatching(/^Data drift detected on .*income/),
    })]);
  });

  test('events that come twice change nothing: published once, told once', async () => {
    const [drift] = hours.slice(-1);
    const ends = drift!.events.filter(({ source, detail }) => source === 'aws.sagemaker' && detail.ProcessingJobStatus === 'Completed');

    expect(ends).toHaveLength(2);
    expect(drift!.results).toHaveLength(1);
    expect(await loop.stack.publications('baseline_drift_max', loop.instant(3, 30))).toBe(1);
  });

  test('the re-check finds the execution in its history and starts no other; the execution succeeds in its time', async () => {
    await loop.stack.passTo(loop.instant(3, 50));

    expect((await loop.pipelineExecutions()).map(({ PipelineExecutionStatus }) => PipelineExecutionStatus)).toEqual(['Succeeded']);
  });

  test('a start that is throttled and then refused for a quota succeeds later, and the cooldown holds', async () => {
    await emulator.refuse('CreateProcessingJob', { code: 'ThrottlingException', message: 'Rate exceeded', times: 4 });
    await emulator.refuse('CreateProcessingJob', {
      code: 'ResourceLimitExceeded', message: 'The account-level service limit is 0 Instances, with current utilization of 0 Instances', times: 1,
    });
    const jobs = (await loop.stack.jobs()).length;

    const [refused, refusedAgain] = [await loop.play(3), await loop.stack.passTo(loop.instant(4, 17))];
    const started = await loop.stack.passTo(loop.instant(4, 24));
    hours.push(started);

    expect([...refused.results, ...refusedAgain.results]).toEqual([]);
    expect(started.results.map(({ status }) => status)).toEqual(['CompletedWithViolations']);
    expect(await loop.stack.jobs()).toHaveLength(jobs + 1);
    expect(await loop.pipelineExecutions()).toHaveLength(1);
  });
});

test('the rehearsal of the same template with the same traffic finds the same', async () => {
  const rehearsal = await rehearse({ assembly: cdk.assembly, output: mkdtempSync(path.join(emulator.folder, 'rehearsal-')), observe: () => undefined, ...TRAFFIC });

  expect(rehearsal.broken?.message).toBeUndefined();
  expect(rehearsal.hours.map(({ status, captured, violations }) => ({ status, captured, violations })))
    .toEqual(hours.map(({ results: [result], violations }) => ({ status: result!.status, captured: result!.records.captured, violations })));
  expect(rehearsal.alarms.flatMap(({ metricName }) => metricName ?? []).sort()).toEqual(hours.flatMap(({ raised }) => raised).sort());
  expect(rehearsal.pipelineStarts.map(({ description }) => description))
    .toEqual((await loop.pipelineExecutions()).map(({ PipelineExecutionDescription }) => PipelineExecutionDescription));
});

describe('later deployments', () => {
  const changed = (): ModelMonitoringConfig => {
    const { monitoring, alarms, ...rest } = sampleConfig();
    return { ...rest, monitoring: { ...monitoring, instanceType: 'ml.m5.2xlarge' }, alarms: { ...alarms, featureDrift: { income: 0.3 } } };
  };

  test('a threshold, an instance type and a tag change in place: neither endpoint nor baseline are made again', async () => {
    const endpoints = await stack().physicalIds('AWS::SageMaker::Endpoint');
    const jobs = (await loop.stack.jobs()).length;

    expect(await cdk.deploy(changed(), ['--tags', 'cost-center=churn'])).toMatchObject({ code: 0, outputs });

    expect(await stack().status()).toBe('UPDATE_COMPLETE');
    expect((await loop.stack.alarms()).find(({ MetricName }) => MetricName === 'feature_baseline_drift_income')).toMatchObject({ Threshold: 0.3, StateValue: 'ALARM' });
    expect(await stack().physicalIds('AWS::SageMaker::Endpoint')).toEqual(endpoints);
    expect(await loop.stack.jobs()).toHaveLength(jobs);
    const { Tags } = await new SageMakerClient(emulator.client).send(new ListTagsCommand({ ResourceArn: endpoints[0] }));
    expect(Tags).toContainEqual({ Key: 'cost-center', Value: 'churn' });
  });

  test('a baseline that fails rolls the deployment back and shows its reason', async () => {
    const config = changed();
    const trainingData = path.join(emulator.folder, 'empty.csv');
    writeFileSync(trainingData, `${readFileSync(config.dataset.trainingData, 'utf8').split('\n')[0]!}\n`);

    const deployment = await cdk.deploy({ ...config, dataset: { ...config.dataset, trainingData } });

    expect(deployment.code).not.toBe(0);
    expect(deployment.output).toMatch(/baseline job \S+ failed: /);
    expect(await stack().status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await cdk.diff(config)).toMatchObject({ code: 0 });
  });

  test('cdk destroy leaves the key, the buckets with what they hold and the flow logs of the network, and nothing else', async () => {
    const gone = new StackState(emulator, await stack().arn());

    expect(await cdk.destroy()).toMatchObject({ code: 0 });

    expect(await gone.typesThatEndedAs('DELETE_SKIPPED')).toEqual(['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::Bucket']);
    expect(await gone.typesThatEndedAs('DELETE_FAILED')).toEqual([]);
    expect(await gone.physicalIds('AWS::SageMaker::Endpoint')).toEqual([]);
    const sageMaker = new SageMakerClient(emulator.client);
    expect((await sageMaker.send(new ListEndpointsCommand({}))).Endpoints).toEqual([]);
    expect((await sageMaker.send(new ListPipelinesCommand({}))).PipelineSummaries).toEqual([]);
    expect((await new SQSClient(emulator.client).send(new ListQueuesCommand({ QueueNamePrefix: STACK }))).QueueUrls ?? []).toEqual([]);
    expect((await new S3Client(emulator.client).send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(outputs.BucketName);
  });
});

async function play(hour: number): Promise<Happenings> {
  const result = await loop.play(hour);
  hours.push(result);
  return result;
}
