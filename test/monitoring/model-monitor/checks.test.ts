import { Duration, Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Cadence, MediaType, Monitor, MonitoringScheduleProps } from '../../../lib';
import { MONITOR_TYPES, MonitorType } from '../../../lib/contract';
import { ANALYSIS_BASELINE, BIAS, Fixture, IMAGE, MODEL } from '../fixture';
import { MANAGED_MONITORS, ModelMonitorFixture } from './fixture';

describe('fails', () => {
  const bias = (options = {}): Monitor => Monitor.modelBias({ baseline: ANALYSIS_BASELINE, ...BIAS, headers: ['sex'], ...options });
  const explainability = (options = {}): Monitor =>
    Monitor.modelExplainability({ baseline: ANALYSIS_BASELINE, endpoint: MODEL, headers: ['sex'], background: [['f']], ...options });

  test.each<[string, Monitor, Partial<MonitoringScheduleProps>, string]>([
    ['more than half an hour for merge and analysis, hourly', MANAGED_MONITORS['model-quality'], { maxRuntime: Duration.minutes(31) },
      'maxRuntime of the model-quality monitor must be at most 30 minutes with a cadence of 1 hour, got 31 minutes'],
    ['more than an hour', MANAGED_MONITORS['data-quality'], { maxRuntime: Duration.hours(2), cadence: Cadence.daily() },
      'maxRuntime of the data-quality monitor must be at most 60 minutes with a cadence of 1 day, got 2 hours'],
    ['jitter', MANAGED_MONITORS['data-quality'], { cadence: Cadence.hourly({ jitter: Duration.minutes(15) }) },
      'the service knows no jitter, and starts within 20 minutes of the hour by itself: leave jitter out of the cadence, or use MonitoringEngine.processingJobs()'],
    ['bias without headers', bias({ headers: undefined }), {}, 'the model-bias monitor has no headers, and AWS\' container takes them from no baseline'],
    ['explainability without headers', explainability({ headers: undefined }), {}, 'the model-explainability monitor has no headers'],
    ['explainability without background', explainability({ background: undefined }), {}, 'the model-explainability monitor has no background'],
    ['another endpoint to explain', explainability({ endpoint: { ...MODEL, endpointName: 'shadow' } }), {}, 'AWS\' container explains the model of the endpoint that is watched'],
    ['a model that is asked in JSON', explainability({ predictor: { contentType: MediaType.JSON } }), {}, 'AWS\' container asks the model in CSV and names the scores label0'],
    ['columns of a dataset', explainability({ excludedColumns: ['id'] }), {}, 'leave id out of headers'],
    ['a value of the deployment', bias({ headers: [Fn.importValue('column')] }), {}, 'the model-bias monitor holds a value that is known only when the stack is deployed'],
  ])('with %s', (_, monitor, props, message) => {
    expect(() => new ModelMonitorFixture().managed([monitor.type as MonitorType], { monitors: [monitor], ...props })).toThrow(message);
  });

  test('with Clarify in one zone, and takes one zone for the others', () => {
    const managed = (type: MonitorType, maxAzs: number): void => {
      const fixture = new ModelMonitorFixture();
      const vpc = new ec2.Vpc(fixture.stack, 'Vpc', { maxAzs, natGateways: 0, subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
      fixture.managed([type], { vpc });
    };
    expect(() => { managed('model-bias', 1); }).toThrow('the model-bias monitor needs subnets in at least 2 Availability Zones, got 1: give subnets of another zone too');
    expect(() => { managed('model-bias', 2); }).not.toThrow();
    expect(() => { managed('data-quality', 1); }).not.toThrow();
  });
});

test('the other engine is not asked any of it', () => {
  const fixture = new Fixture();
  fixture.watching(MONITOR_TYPES, { image: IMAGE, maxRuntime: Duration.minutes(55) });
  fixture.template().resourceCountIs('AWS::SageMaker::MonitoringSchedule', 0);
});
