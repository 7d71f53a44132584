// The sample in a real account: npx @aws-cdk/integ-runner@2.197.10 with the options that docs/guides/testing.md gives.
// The deployment is the assertion: it ends only when the endpoint is in service and a Processing job has made the baseline.
import { App } from 'aws-cdk-lib';
import { readConfig } from '../../bin/config';
import { ModelMonitoringStack } from '../../lib';

const config = readConfig('config/churn.json');
const { MODEL_IMAGE_URI: imageUri, ANALYZER_IMAGE_URI: analyzerImageUri } = process.env;

// Images by URI are for who has no Docker; without them both are built.
new ModelMonitoringStack(new App(), 'ModelMonitoringIntegration', {
  config: { ...config, model: { ...config.model, imageUri }, monitoring: { ...config.monitoring, analyzerImageUri } },
});
