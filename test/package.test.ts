import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Construct } from 'constructs';
import * as lib from '../lib';

const ROOT = path.join(__dirname, '..');

/** What somebody types who uses one construct alone. `encryption` and `endpoint` are there where a construct needs them. */
const ALONE: Readonly<Record<string, string>> = {
  SecureVpc: 'new m.SecureVpc(stack, "It");',
  KmsEncryption: 'new m.KmsEncryption(stack, "It").addBucket("Data");',
  ExecutionRole: 'new m.ExecutionRole(stack, "It");',
  DataScientistRole: 'new m.DataScientistRole(stack, "It", { assumedBy: new iam.AccountRootPrincipal(), executionRoles: [new m.ExecutionRole(stack, "Jobs")] });',
  MlOpsEngineerRole: 'new m.MlOpsEngineerRole(stack, "It", { assumedBy: new iam.AccountRootPrincipal(), executionRoles: [new m.ExecutionRole(stack, "Jobs")] });',
  MonitoredEndpoint: 'endpoint();',
  BaselineJob: 'baseline();',
  BaselineFailedAlarm: `const watched = new m.BaselineJob(stack, "Watched", { dataset: m.Dataset.watch(bucket(), "training/"), bucket: bucket(), image });
    new m.BaselineFailedAlarm(stack, "It", { baseline: watched, actions: [] });`,
  MonitoringSchedule: 'schedule();',
  DriftAlarm: 'new m.DriftAlarm(stack, "It", { schedule: schedule(), metric: m.DriftMetric.featureDrift("income"), threshold: 0.2 });',
  RetrainTrigger: `const watched = schedule();
    const alarm = new m.DriftAlarm(stack, "Alarm", { schedule: watched, metric: m.DriftMetric.maximumDrift(), threshold: 0.1 });
    const pipeline = new sagemaker.CfnPipeline(stack, "Pipeline", { pipelineName: "retrain", pipelineDefinition: {}, roleArn: "arn:aws:iam::111122223333:role/r" });
    new m.RetrainTrigger(stack, "It", { pipeline, schedule: watched, alarms: [alarm] });`,
  GroundTruthBucket: 'new m.GroundTruthBucket(stack, "It");',
  NoDataAlarm: 'new m.NoDataAlarm(stack, "It", { schedule: schedule(), actions: [] });',
  ExecutionFailedAlarm: 'new m.ExecutionFailedAlarm(stack, "It", { schedule: schedule(), actions: [] });',
  ExecutionOverdueAlarm: 'new m.ExecutionOverdueAlarm(stack, "It", { schedule: schedule(), actions: [] });',
  TooFewRowsAlarm: 'new m.TooFewRowsAlarm(stack, "It", { schedule: schedule(), actions: [] });',
  CaptureStoppedAlarm: 'new m.CaptureStoppedAlarm(stack, "It", { schedule: schedule(), actions: [] });',
  GroundTruthLateAlarm: `const quality = m.Monitor.modelQuality({ baseline: m.Baseline.fromBucket(bucket(), "baseline"), problemType: m.ProblemType.REGRESSION });
    const watched = new m.MonitoringSchedule(stack, "Schedule", {
      endpoint: endpoint(), monitors: [quality], groundTruth: m.GroundTruth.fromBucket(bucket(), "labels"), bucket: bucket(), image,
    });
    new m.GroundTruthLateAlarm(stack, "It", { schedule: watched, actions: [] });`,
  ModelHealthAlarm: 'new m.ModelHealthAlarm(stack, "It", { alarms: [new m.NoDataAlarm(stack, "NoData", { schedule: schedule() })], actions: [] });',
  MonitoringDashboard: 'new m.MonitoringDashboard(stack, "It", { schedules: [schedule()] });',
  ModelRegistry: 'new m.ModelRegistry(stack, "It");',
  TrainingPipeline: `new m.TrainingPipeline(stack, "It", {
      image, bucket: bucket(), registry: new m.ModelRegistry(stack, "Registry"),
      trainingData: m.Dataset.fromBucket(bucket(), "training.csv"), currentModelData: m.ModelData.fromBucket(bucket(), "model.tar.gz"),
    });`,
  ModelMonitoringStack: `process.chdir(${JSON.stringify(ROOT)});
    new m.ModelMonitoringStack(app, "All", { config: require(${JSON.stringify(path.join(ROOT, 'config/churn.json'))}) });`,
};

test('no construct is left out', () => {
  const constructs = Object.entries(lib).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);

  expect(Object.keys(ALONE).sort()).toEqual(constructs.sort());
});

const PRELUDE = `
const cdk = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const s3 = require('aws-cdk-lib/aws-s3');
const sagemaker = require('aws-cdk-lib/aws-sagemaker');
const m = require('cdk-model-monitor');
const app = new cdk.App({ outdir: process.argv[2] });
const stack = new cdk.Stack(app, 'Alone');
let shared;
const bucket = () => shared ??= new s3.Bucket(stack, 'Bucket');
const image = m.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/model:1');
const endpoint = () => new m.MonitoredEndpoint(stack, 'Endpoint', {
  image, modelData: m.ModelData.fromBucket(bucket(), 'model.tar.gz'), dataCapture: m.DataCapture.toBucket(bucket(), { prefix: 'capture' }),
});
const baseline = () => new m.BaselineJob(stack, 'Baseline', {
  dataset: m.Dataset.fromBucket(bucket(), 'training.csv', { format: m.DatasetFormat.csv(), versionId: 'v1' }), bucket: bucket(), image,
});
const schedule = () => new m.MonitoringSchedule(stack, 'Schedule', {
  endpoint: endpoint(), monitors: [m.Monitor.dataQuality({ baseline: baseline() })], bucket: bucket(), image,
});
`;

describe('the package, packed and installed into an empty app', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  const app = path.join(folder, 'app');

  beforeAll(() => {
    // Built beside the tree, so that a test that runs at the same time sees no half-written output.
    const copy = path.join(folder, 'package');
    mkdirSync(copy);
    for (const entry of ['lib', 'assets', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE']) cpSync(path.join(ROOT, entry), path.join(copy, entry), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };
    execFileSync(path.join(ROOT, 'node_modules/.bin/jsii'), ['--fail-on-warnings', '--silence-warnings', 'reserved-word'], { cwd: copy, env, stdio: 'pipe' });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: copy, stdio: 'pipe' });

    const tarball = readdirSync(folder).find(file => file.endsWith('.tgz'))!;
    mkdirSync(app);
    writeFileSync(path.join(app, 'package.json'), '{ "name": "app", "private": true }');
    execFileSync('npm', ['install', '--offline', '--no-audit', '--omit=optional', '--legacy-peer-deps', path.join(folder, tarball)], { cwd: app, stdio: 'pipe' });
    for (const peer of ['aws-cdk-lib', 'constructs']) symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(app, 'node_modules', peer));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(ALONE))('%s synthesizes alone, with neither esbuild nor Docker', (name, code) => {
    const file = path.join(app, `${name}.js`);
    const out = path.join(app, `${name}.out`);
    writeFileSync(file, `${PRELUDE}\n${code}\napp.synth();\n`);

    execFileSync(process.execPath, [file, out], { env: { HOME: process.env.HOME, CDK_VALIDATION: 'false' }, stdio: 'pipe' });

    const template = JSON.parse(readFileSync(path.join(out, `${name === 'ModelMonitoringStack' ? 'All' : 'Alone'}.template.json`), 'utf8')) as { Resources: object };
    expect(Object.keys(template.Resources).length).toBeGreaterThan(0);
  });

  test('it holds no sources, no tests, and what it needs to run', () => {
    const files = readdirSync(path.join(app, 'node_modules/cdk-model-monitor'), { recursive: true }).map(String);

    expect(files).toEqual(expect.arrayContaining(['.jsii', 'LICENSE', 'assets/analyzer/index.js', 'assets/analyzer/kernel.wasm', 'assets/analyzer/Dockerfile', 'assets/analyzer/vega.js', 'assets/analyzer/sagemaker-runtime.js', 'assets/analyzer/share-reader.js', 'assets/cli/share-reader.js', 'assets/analyzer/parquet-reader.js', 'assets/cli/parquet-reader.js', 'assets/cli/vega.js', 'assets/cli/kernel.wasm', 'assets/cli/model-monitor.js', 'dist/index.js']));
    expect(files.filter(file => /(^|\/)test\/|[^d]\.ts$/.test(file.replace(/\.d\.ts$/, '')))).toEqual([]);
  });
});
