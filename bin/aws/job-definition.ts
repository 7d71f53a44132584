import {
  DescribeDataQualityJobDefinitionCommand, DescribeModelBiasJobDefinitionCommand, DescribeModelExplainabilityJobDefinitionCommand,
  DescribeModelQualityJobDefinitionCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { MonitorType } from '../../lib/contract';

/** A job definition of the managed service, as the API tells it: the names of its parts begin with the kind of its monitor. */
export function describeJobDefinition(client: SageMakerClient, type: MonitorType, name: string): Promise<object> {
  const input = { JobDefinitionName: name };
  switch (type) {
    case 'data-quality': return client.send(new DescribeDataQualityJobDefinitionCommand(input));
    case 'model-quality': return client.send(new DescribeModelQualityJobDefinitionCommand(input));
    case 'model-bias': return client.send(new DescribeModelBiasJobDefinitionCommand(input));
    case 'model-explainability': return client.send(new DescribeModelExplainabilityJobDefinitionCommand(input));
  }
}
