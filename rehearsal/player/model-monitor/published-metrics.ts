import { isOwnMetric, MetricRecord } from '../../../lib/contract';
import { TemplateResource } from '../../assembly/stack';
import { callApi } from '../../iam/implied';
import { Stage } from '../stage';

/** CloudWatch takes so many in a call. */
const BATCH = 1000;

/** What a container has left to be published. */
export interface LeftMetrics {
  readonly namespace: string;
  readonly metrics: readonly MetricRecord[];
  /** In whose name the service publishes. */
  readonly role: TemplateResource;
  readonly jobName: string;
}

/** What the service's own containers measure. Our analyzer, which plays them, measures more: the rest is left out. */
export function measuredByService(metrics: readonly MetricRecord[]): MetricRecord[] {
  return metrics.filter(({ MetricName }) => !isOwnMetric(MetricName));
}

/** Publishes what the service's container would have measured. */
export function publishMetrics({ aws, deployment, gatekeeper }: Stage, { namespace, metrics, role, jobName }: LeftMetrics): void {
  const data = measuredByService(metrics)
    .map(({ Timestamp, ...datum }) => ({ ...datum, Timestamp: Date.parse(Timestamp) / 1000 }));
  for (let first = 0; first < data.length; first += BATCH) {
    const input = { Namespace: namespace, MetricData: data.slice(first, first + BATCH) };
    const call = { action: 'cloudwatch:PutMetricData', resource: '*', conditions: { 'cloudwatch:namespace': namespace }, input };
    gatekeeper.require(`Processing job ${jobName} → metrics`, callApi(role, call, deployment), role);
    aws.cloudWatch.operations.PutMetricData?.run(input);
  }
}
