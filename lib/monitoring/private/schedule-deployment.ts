import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { metricNamespace, MonitorType } from '../../contract';
import { grant } from '../../private/grants';
import { oncePerStack } from '../../private/once-per-stack';
import { MonitoringSchedule } from '../monitoring-schedule';
import { WaitingProvider } from './waiting-provider';

/**
 * Tells CloudWatch that a schedule was deployed, and waits until CloudWatch knows: whoever waits for executions waits from then on, and what is
 * made after it does not take a new schedule for a silent one.
 */
export class ScheduleDeployment extends CustomResource {
  constructor(scope: Construct, id: string, schedule: MonitoringSchedule) {
    const [monitorType = 'data-quality'] = schedule.monitorTypes as MonitorType[];
    const namespace = metricNamespace(monitorType, schedule.endpointName);
    const provider = oncePerStack(scope, 'AnnouncerOfSchedules', schedule._encryptionKey, (stack, name) => new WaitingProvider(stack, name, {
      asset: 'announce-monitoring-schedule',
      begins: 'Tells CloudWatch that a monitoring schedule was deployed',
      asks: 'Asks whether CloudWatch knows of a monitoring schedule',
      encryptionKey: schedule._encryptionKey,
    }));
    super(scope, id, {
      resourceType: 'Custom::MonitoringScheduleDeployment',
      serviceToken: provider.serviceToken,
      serviceTimeout: Duration.hours(1),
      properties: {
        namespace,
        dimensions: schedule._dimensions(monitorType),
        // Another cadence has other executions to wait for.
        cadence: schedule.cadence._expression(0),
      },
    });
    grant(provider.onEvent, {
      actions: ['cloudwatch:PutMetricData'],
      resourceArns: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
      reason: 'PutMetricData knows no resource; the namespace bounds it.',
    });
    grant(provider.isComplete, { actions: ['cloudwatch:GetMetricStatistics'], resourceArns: ['*'], reason: 'GetMetricStatistics knows no resource.' });
    this.node.addDependency(provider, schedule.node.findChild('Engine'));
  }
}
