import { Stack } from 'aws-cdk-lib';
import { DATA_QUALITY_NAMESPACE } from '../../contract';
import { grant } from '../../private/grants';
import { HandlerFunction } from '../../private/handler-function';
import { BoundSchedule } from './bound-schedule';

/** Allows a handler to write reports, metrics and events of a schedule. */
export function grantReporting(handler: HandlerFunction, { folders }: BoundSchedule): void {
  for (const folder of folders) {
    folder.grantRead(handler);
    folder.grantWrite(handler);
  }
  grant(handler, {
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': DATA_QUALITY_NAMESPACE } },
    reason: 'PutMetricData knows no resource; the namespace bounds it.',
  });
  grant(handler, {
    actions: ['events:PutEvents'],
    resourceArns: [Stack.of(handler).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
  });
}
