import { Stack } from 'aws-cdk-lib';
import { metricNamespace } from '../../contract';
import { grant } from '../../private/grants';
import { HandlerFunction } from '../../private/handler-function';
import { BoundSchedule } from './bound-schedule';

/** Allows a handler to claim an execution beside its reports, and to tell its metrics and events. */
export function grantReporting(handler: HandlerFunction, { endpointName, monitorTypes, reports }: BoundSchedule): void {
  for (const folder of reports) {
    folder.grantRead(handler);
    folder.grantPut(handler);
  }
  const namespaces = monitorTypes.map(type => metricNamespace(type, endpointName));
  grant(handler, {
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': namespaces.length === 1 ? namespaces[0] : namespaces } },
    reason: 'PutMetricData knows no resource; the namespace bounds it.',
  });
  grant(handler, {
    actions: ['events:PutEvents'],
    resourceArns: [Stack.of(handler).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
  });
}
