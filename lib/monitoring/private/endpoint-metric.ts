import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringSchedule } from '../monitoring-schedule';

/** A metric that SageMaker publishes of the endpoint whose traffic a schedule watches. */
export function endpointMetric(schedule: MonitoringSchedule, metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/SageMaker',
    metricName,
    dimensionsMap: { EndpointName: schedule.endpointName, VariantName: schedule.variantName },
    period: schedule.cadence.period,
    ...options,
  });
}
