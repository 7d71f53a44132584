import { Duration, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { ModelExplainabilityAnalysis, TypedAnalysis } from '../../../contract';
import { Problems } from '../../../private/validation';
import { Cadence } from '../../cadence';
import { MonitoringScheduleProps } from '../../monitoring-schedule-props';
import { analysisConfig } from './analysis-config';
import { longestRuntime } from './limits';
import { checkRegion, isOfClarify } from './service-image';

/** Notes what the service would refuse, or would fail on in every execution. */
export function checkModelMonitor(scope: IConstruct, props: MonitoringScheduleProps, cadence: Cadence, problems: Problems): void {
  problems.require(cadence.jitter === undefined,
    'the service knows no jitter, and starts within 20 minutes of the hour by itself: leave jitter out of the cadence, or use MonitoringEngine.processingJobs()');
  problems.require(props.input === undefined || props.input._input.source(scope).transform !== undefined,
    'AWS\' containers read what endpoints and batch transform jobs have captured: give one of them, or use MonitoringEngine.processingJobs()');
  for (const { baseline, type } of props.monitors) {
    problems.require(baseline.currentUri === undefined,
      `the baseline of the ${type} monitor changes without a deployment or is finished after it, and a job definition of the service names its files: `
      + 'give a BaselineJob that the deployment waits for, of a dataset that is not watched, or use MonitoringEngine.processingJobs()');
  }
  for (const monitor of props.monitors.map(({ _analysis }) => _analysis)) {
    checkRegion(scope, monitor.type, problems);
    checkRuntime(monitor, props.maxRuntime, cadence, problems);
    checkAnalysis(monitor, props.endpoint?.endpointName, problems);
    if (isOfClarify(monitor.type)) checkNetwork(monitor.type, props, problems);
  }
}

function checkRuntime(monitor: TypedAnalysis, maxRuntime: Duration | undefined, cadence: Cadence, problems: Problems): void {
  const longest = longestRuntime(monitor, cadence);
  problems.require(maxRuntime === undefined || maxRuntime.toSeconds() <= longest.toSeconds(),
    `maxRuntime of the ${monitor.type} monitor must be at most ${longest.toMinutes()} minutes with a cadence of ${cadence.period.toHumanString()}, `
    + `got ${maxRuntime?.toHumanString()}: shorten it, or leave it out`);
}

/** Clarify makes an endpoint of its own in the job's subnets, which must lie in two zones. */
function checkNetwork(type: string, { vpc, subnets }: MonitoringScheduleProps, problems: Problems): void {
  if (vpc === undefined) return;
  const { availabilityZones } = vpc.selectSubnets(subnets ?? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
  const zones = [...new Set(availabilityZones)];
  problems.require(zones.length >= 2,
    `the ${type} monitor needs subnets in at least 2 Availability Zones, got ${zones.length}: give subnets of another zone too`);
}

function checkAnalysis(monitor: TypedAnalysis, endpointName: string | undefined, problems: Problems): void {
  const { type, analysis } = monitor;
  if (!('facets' in analysis) && !('predictor' in analysis)) return;
  problems.require(analysis.headers !== undefined && analysis.headers.length > 0,
    `the ${type} monitor has no headers, and AWS' container takes them from no baseline: name the feature columns of a request, in order`);
  problems.require(!Token.isUnresolved(JSON.stringify(analysisConfig(monitor))),
    `the ${type} monitor holds a value that is known only when the stack is deployed: its analysis_config.json is written at synthesis, so give the value itself`);
  if ('predictor' in analysis) checkExplainability(analysis, endpointName, problems);
}

function checkExplainability(analysis: ModelExplainabilityAnalysis, endpointName: string | undefined, problems: Problems): void {
  const { background, predictor, excludedColumns } = analysis;
  problems.require(background !== undefined,
    'the model-explainability monitor has no background, and AWS\' container takes it from no baseline: give rows that stand for "feature absent", such as the medians');
  problems.require(predictor.endpointName === endpointName,
    'AWS\' container explains the model of the endpoint that is watched, by a copy of its own: give that endpoint to the model-explainability monitor');
  const { acceptType, contentType, labelHeaders } = predictor;
  problems.require(contentType === 'text/csv' && acceptType === 'text/csv' && labelHeaders === undefined,
    `AWS' container asks the model in CSV and names the scores label0, label1 …, got ${JSON.stringify({ contentType, acceptType, labelHeaders })}: `
    + 'use MonitoringEngine.processingJobs() for another format');
  problems.require(excludedColumns.length === 0,
    `excludedColumns of the model-explainability monitor are of a dataset, and AWS' container reads requests alone: leave ${excludedColumns.join(', ')} out of headers`);
}
