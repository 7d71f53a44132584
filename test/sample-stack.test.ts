import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../bin/config';
import { ModelMonitoringStack, MonitoringEngine } from '../lib';
import { LendingStack } from '../sample/lending/lending-stack';

/** Hashes of assets change with every line of a handler, runtimes with every release of CDK. */
const MASKS: readonly [RegExp, string][] = [
  [/[0-9a-f]{64}/g, '<asset>'],
  [/"nodejs\d+\.x"/g, '"<newest Node.js>"'],
];

const env = { account: '111122223333', region: 'eu-central-1' };
const churn = (engine: MonitoringEngine, props = {}): Stack =>
  new ModelMonitoringStack(new App(), 'ModelMonitoring', { ...props, engine, config: readConfig('config/churn.json') });

test.each<[string, () => Stack]>([
  ['churn, by our own jobs', () => churn(MonitoringEngine.processingJobs())],
  ['churn, by Model Monitor', () => churn(MonitoringEngine.modelMonitor(), { env })],
  ['lending, by our own jobs', () => new LendingStack(new App(), 'Lending')],
  ['lending, by Model Monitor', () => new LendingStack(new App(), 'Lending', { env, engine: MonitoringEngine.modelMonitor() })],
])('the stack of %s is as it was', (_, make) => {
  const template = JSON.stringify(Template.fromStack(make()).toJSON());

  expect(template).not.toMatch(/token\[/i);
  expect(JSON.parse(MASKS.reduce((text, [pattern, mask]) => text.replace(pattern, mask), template))).toMatchSnapshot();
});
