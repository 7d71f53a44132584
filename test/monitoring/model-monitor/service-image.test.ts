import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EndpointCapture, GroundTruth, MonitoringEngine, MonitoringSchedule } from '../../../lib';
import { MonitorType } from '../../../lib/contract';
import { DEFINITIONS, MANAGED_MONITORS } from './fixture';

const ROOT = path.join(__dirname, '../../..');

function scheduleIn(region: string, types: readonly MonitorType[]): Template {
  const stack = new Stack(new App(), 'Test', { env: { region, account: '111122223333' } });
  const bucket = new s3.Bucket(stack, 'Data');
  new MonitoringSchedule(stack, 'Schedule', {
    endpoint: EndpointCapture.fromAttributes({ endpointName: 'churn', bucket }),
    groundTruth: types.some(type => type === 'model-quality' || type === 'model-bias') ? GroundTruth.fromBucket(bucket, 'labels') : undefined,
    monitors: types.map(type => MANAGED_MONITORS[type]),
    bucket,
    engine: MonitoringEngine.modelMonitor(),
  });
  return Template.fromStack(stack);
}

test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-isof-south-1'])('in %s both images are known, and no table is in the template', (region) => {
  const { analyzer, clarify } = (JSON.parse(fs.readFileSync(path.join(ROOT, 'scripts/model-monitor-images.json'), 'utf8')) as
    { accounts: Record<string, { analyzer: string; clarify: string }> }).accounts[region]!;
  const template = scheduleIn(region, ['data-quality', 'model-bias']);
  const image = (account: string, repository: string): object =>
    ({ ImageUri: { 'Fn::Join': ['', [`${account}.dkr.ecr.${region}.`, { Ref: 'AWS::URLSuffix' }, `/${repository}`]] } });
  template.hasResourceProperties(DEFINITIONS['data-quality'], { DataQualityAppSpecification: image(analyzer, 'sagemaker-model-monitor-analyzer') });
  template.hasResourceProperties(DEFINITIONS['model-bias'], { ModelBiasAppSpecification: image(clarify, 'sagemaker-clarify-processing:1.0') });
  expect(template.findMappings('*')).toEqual({});
});

test('the generated table is that of the data', () => {
  const script = path.join(ROOT, 'scripts/model-monitor-images.mjs');
  const source = execFileSync(process.execPath, ['--input-type=module', '-e',
    `import { imageAccountsSource } from ${JSON.stringify(script)}; process.stdout.write(imageAccountsSource());`], { cwd: ROOT, encoding: 'utf8' });
  expect(fs.readFileSync(path.join(ROOT, 'lib/contract/image-accounts.ts'), 'utf8')).toBe(source);
});

test.each<[string, MonitorType, string]>([
  ['mx-central-1', 'data-quality', 'AWS has no container for the data-quality monitor in mx-central-1: use MonitoringEngine.processingJobs(), or one of af-south-1, '],
  ['il-central-1', 'model-bias', 'AWS has no container for the model-bias monitor in il-central-1'],
])('fails in %s, where there is no image for %s', (region, type, message) => {
  expect(() => scheduleIn(region, [type])).toThrow(message);
});
