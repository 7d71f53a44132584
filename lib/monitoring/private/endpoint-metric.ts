import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Problems } from '../../private/validation';
import { MonitoringSchedule } from '../monitoring-schedule';

/** A metric that SageMaker publishes of the endpoint whose traffic a schedule watches. */
export function endpointMetric(schedule: MonitoringSchedule, metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
  const { endpointName = '', variantName = '' } = schedule;
  const problems = new Problems(schedule);
  problems.require(endpointName !== '', `${metricName} are counted of an endpoint, and an input is watched that is none: a NoDataAlarm tells when nothing comes of it`);
  problems.throwIfAny();
  return new cloudwatch.Metric({
    namespace: 'AWS/SageMaker',
    metricName,
    dimensionsMap: { EndpointName: endpointName, VariantName: variantName },
    period: schedule.cadence.period,
    ...options,
  });
}
