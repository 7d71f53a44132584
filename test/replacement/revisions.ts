import { App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { readConfig } from '../../bin/config';
import { DataCapture, DriftAlarm, DriftMetric, ModelData, ModelMonitoringConfig, ModelMonitoringStack, Monitor, MonitoredEndpoint, MonitoringEngine } from '../../lib';
import { MONITOR_TYPES } from '../../lib/contract';
import { LendingStack } from '../../sample/lending/lending-stack';
import { ANALYSIS_BASELINE, IMAGE } from '../monitoring/fixture';
import { MANAGED_MONITORS, ModelMonitorFixture } from '../monitoring/model-monitor/fixture';
import { Template } from './update';

/** What somebody changes from one deployment to the next. */
export const REVISIONS = ['a tag added', 'a threshold changed', 'an instance type changed', 'a model changed'] as const;
export type Revision = typeof REVISIONS[number];

const CHURN = readConfig('config/churn.json');
const INSTANCE_TYPE = 'ml.m5.2xlarge';

/** Which images the service has depends on the region. */
const MANAGED = { engine: MonitoringEngine.modelMonitor(), env: { account: '111122223333', region: 'eu-central-1' } };

/** The stacks that are deployed: both samples in both engines, and all four monitors of the managed service by themselves. */
export const STACKS: Readonly<Record<string, (revision?: Revision) => Template>> = {
  'churn': revision => synthesized(new ModelMonitoringStack(new App(), 'Churn', { config: revisedConfig(revision) }), revision),
  'lending': revision => synthesized(new LendingStack(new App(), 'Lending'), revision),
  'churn, by Model Monitor': revision => synthesized(new ModelMonitoringStack(new App(), 'Churn', { ...MANAGED, config: revisedConfig(revision) }), revision),
  'lending, by Model Monitor': revision => synthesized(new LendingStack(new App(), 'Lending', MANAGED), revision),
  'four monitors of Model Monitor': revision => synthesized(managedStack(revision), revision),
};

/** As the configuration file says it. */
function revisedConfig(revision: Revision | undefined): ModelMonitoringConfig {
  const { alarms, model, monitoring } = CHURN;
  switch (revision) {
    case 'a threshold changed': return { ...CHURN, alarms: { ...alarms, maximumDrift: 0.3 } };
    case 'an instance type changed': return { ...CHURN, model: { ...model, instanceType: INSTANCE_TYPE }, monitoring: { ...monitoring, instanceType: INSTANCE_TYPE } };
    default: return CHURN;
  }
}

function managedStack(revision: Revision | undefined): Stack {
  const fixture = new ModelMonitorFixture();
  const { bucket, stack } = fixture;
  const endpoint = new MonitoredEndpoint(stack, 'Endpoint', {
    image: IMAGE, modelData: ModelData.fromBucket(bucket, 'model.tar.gz'), dataCapture: DataCapture.toBucket(bucket),
  });
  const explained = Monitor.modelExplainability({
    baseline: ANALYSIS_BASELINE, endpoint, headers: ['income'], background: [[50_000]], samples: 100, predictor: { scoreAttribute: '0' },
  });
  const schedule = fixture.managed(MONITOR_TYPES, {
    endpoint,
    monitors: [...Object.values(MANAGED_MONITORS).filter(({ type }) => type !== explained.type), explained],
    instanceType: revision === 'an instance type changed' ? INSTANCE_TYPE : undefined,
  });
  new DriftAlarm(stack, 'Drift', { schedule, metric: DriftMetric.violations(), threshold: 1 });
  return stack;
}

/** Tags reach everything that takes them; what has no property in a sample is changed in its template's resources. */
function synthesized(stack: Stack, revision: Revision | undefined): Template {
  if (revision === 'a tag added') Tags.of(stack).add('team', 'risk');
  for (const construct of stack.node.findAll()) revise(construct, revision);
  return Synthesized.fromStack(stack).toJSON() as Template;
}

function revise(construct: IConstruct, revision: Revision | undefined): void {
  if (revision === 'a threshold changed' && cloudwatch.CfnAlarm.isCfnAlarm(construct)) construct.threshold = 0.75;
  if (revision === 'an instance type changed' && sagemaker.CfnEndpointConfig.isCfnEndpointConfig(construct)) {
    construct.addPropertyOverride('ProductionVariants.0.InstanceType', INSTANCE_TYPE);
  }
  if (revision === 'an instance type changed' && CfnResource.isCfnResource(construct) && construct.cfnResourceType.endsWith('JobDefinition')) {
    construct.addPropertyOverride('JobResources.ClusterConfig.InstanceType', INSTANCE_TYPE);
  }
  if (revision === 'a model changed' && sagemaker.CfnModel.isCfnModel(construct)) {
    construct.addPropertyOverride('PrimaryContainer.ModelDataUrl', 's3://elsewhere/model.tar.gz');
  }
}
