import { App, Errors } from 'aws-cdk-lib';
import { ModelMonitoringStack } from '../lib';
import { engineOf } from '../sample/engine';
import { ConfigError, readConfig } from './config';

const app = new App();
const file = (app.node.tryGetContext('config') as string | undefined) ?? 'config/churn.json';

try {
  new ModelMonitoringStack(app, 'ModelMonitoring', {
    env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
    config: readConfig(file),
    engine: engineOf(app),
  });
} catch (error) {
  if (!(error instanceof ConfigError) && !Errors.isValidationError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
