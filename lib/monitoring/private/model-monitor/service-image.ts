import { CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { IMAGE_ACCOUNTS, MonitorType } from '../../../contract';
import { ContainerImage } from '../../../endpoint';
import { Problems } from '../../../private/validation';

type ServiceImageName = 'analyzer' | 'clarify';

const REPOSITORIES: Readonly<Record<ServiceImageName | 'merger', string>> = {
  analyzer: 'sagemaker-model-monitor-analyzer',
  clarify: 'sagemaker-clarify-processing:1.0',
  merger: 'sagemaker-model-monitor-groundtruth-merger',
};

/** Whether a monitor is of Clarify, whose container reads an analysis_config.json. */
export function isOfClarify(type: string): boolean {
  return type === 'model-bias' || type === 'model-explainability';
}

/** AWS' own containers, by region. */
export const ServiceImage = {
  /** The container of a monitor. */
  ofMonitor: (scope: Construct, type: MonitorType): ContainerImage => {
    const name = imageOf(type);
    return image(scope, name, REPOSITORIES[name]);
  },

  /** The container that joins captures with labels. */
  merger: (scope: Construct): ContainerImage => image(scope, 'analyzer', REPOSITORIES.merger),
};

/** Notes a region that has no image for a monitor; one that only a deployment knows is looked up by CloudFormation. */
export function checkRegion(scope: IConstruct, type: MonitorType, problems: Problems): void {
  const { region } = Stack.of(scope);
  const name = imageOf(type);
  const known = Object.keys(IMAGE_ACCOUNTS).filter(each => IMAGE_ACCOUNTS[each]?.[name] !== undefined);
  problems.require(Token.isUnresolved(region) || known.includes(region),
    `AWS has no container for the ${type} monitor in ${region}: use MonitoringEngine.processingJobs(), or one of ${known.join(', ')}`);
}

function imageOf(type: MonitorType): ServiceImageName {
  return isOfClarify(type) ? 'clarify' : 'analyzer';
}

function image(scope: Construct, name: ServiceImageName, repository: string): ContainerImage {
  const { region, urlSuffix } = Stack.of(scope);
  return ContainerImage.fromUri(`${account(scope, name)}.dkr.ecr.${region}.${urlSuffix}/${repository}`);
}

function account(scope: Construct, name: ServiceImageName): string {
  const stack = Stack.of(scope);
  const known = IMAGE_ACCOUNTS[stack.region]?.[name];
  if (known !== undefined) return known;
  const id = 'ModelMonitorImages';
  const mapping = stack.node.tryFindChild(id) as CfnMapping | undefined ?? new CfnMapping(stack, id, { mapping: accountsByRegion() });
  return mapping.findInMap(stack.region, name);
}

function accountsByRegion(): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(IMAGE_ACCOUNTS).map(([region, accounts]) => [region, { ...accounts }]));
}
