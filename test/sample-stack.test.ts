import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../bin/config';
import { ModelMonitoringStack } from '../lib';

/** Hashes of assets change with every line of a handler, runtimes with every release of CDK. */
const MASKS: readonly [RegExp, string][] = [
  [/[0-9a-f]{64}/g, '<asset>'],
  [/"nodejs\d+\.x"/g, '"<newest Node.js>"'],
];

test('the sample stack is as it was', () => {
  const stack = new ModelMonitoringStack(new App(), 'ModelMonitoring', { config: readConfig('config/churn.json') });
  const template = JSON.stringify(Template.fromStack(stack).toJSON());

  expect(JSON.parse(MASKS.reduce((text, [pattern, mask]) => text.replace(pattern, mask), template))).toMatchSnapshot();
});
