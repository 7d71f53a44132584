import { App, CfnResource, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../bin/config';
import { ModelMonitoringStack } from '../lib';

const CONFIG = readConfig('config/churn.json');

/** An app whose templates are linted at synth, and where a finding is an error. */
function strictApp(): App {
  const app = new App({
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true },
  });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  return app;
}

describe('CloudFormation validation in strict mode', () => {
  test.each(['ml.m5.large', 'ml.inf2.xlarge'])('finds nothing in the sample stack on %s', (instanceType) => {
    const stack = new ModelMonitoringStack(strictApp(), 'ModelMonitoring', { config: { ...CONFIG, model: { ...CONFIG.model, instanceType } } });

    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('would find a property that does not exist', () => {
    const stack = new Stack(strictApp(), 'Broken');
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueNme: 'queue' } });

    expect(() => Template.fromStack(stack)).toThrow(/QueueNme|[Vv]alidation/);
  });
});
