import { Template } from 'aws-cdk-lib/assertions';
import { BaselineConfig, BaselineRequest } from '../../lib/contract';
import { joined } from './fixture';

/** The custom resource that makes a baseline. */
export const BASELINE_TYPE = 'Custom::ModelMonitorBaseline';

/** What its function is asked for. */
export function requestOf(template: Template): BaselineRequest & { readonly ServiceTimeout: string } {
  return Object.values(template.findResources(BASELINE_TYPE))[0]!.Properties as BaselineRequest & { readonly ServiceTimeout: string };
}

/** What its job is told. */
export function configOf(template: Template): BaselineConfig {
  return JSON.parse(joined(requestOf(template).config)) as BaselineConfig;
}
