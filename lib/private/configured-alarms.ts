import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSettings } from '../model-monitoring-config';
import {
  DataQualityCheck, DriftAlarm, DriftMetric, ExecutionFailedAlarm, ExecutionOverdueAlarm, ModelHealthAlarm, MonitoringSchedule, NoDataAlarm,
} from '../monitoring';
import { childId } from './names';

/** The alarms of a configuration. Drift alarms retrain the model; the others say that nothing is known of it. */
export class ConfiguredAlarms extends Construct {
  /** Alarms that retrain the model. */
  public readonly drift: DriftAlarm[];
  /** All of them as one. */
  public readonly health: ModelHealthAlarm;

  constructor(scope: Construct, id: string, settings: AlarmSettings, schedule: MonitoringSchedule, action: cloudwatch.IAlarmAction) {
    super(scope, id);
    const actions = [action];
    const alarm = (name: string, metric: DriftMetric, threshold: number, statistic?: string): DriftAlarm =>
      new DriftAlarm(this, name, { schedule, metric, threshold, statistic, actions });

    this.drift = [
      alarm('MaximumDrift', DriftMetric.maximumDrift(), settings.maximumDrift ?? 0.1),
      ...Object.entries(settings.featureDrift ?? {}).map(([feature, threshold]) =>
        alarm(`FeatureDrift-${childId(feature)}`, DriftMetric.featureDrift(feature), threshold, cloudwatch.Stats.AVERAGE)),
      ...Object.entries(settings.featureMeanShift ?? {}).map(([feature, threshold]) =>
        alarm(`FeatureMeanShift-${childId(feature)}`, DriftMetric.featureMeanShift(feature), threshold)),
      ...Object.values(DataQualityCheck).filter(check => settings.violations?.includes(check)).map(check =>
        alarm(`Violations-${check}`, DriftMetric.checkViolations(check), 0)),
    ];
    new NoDataAlarm(this, 'NoData', { schedule, actions });
    new ExecutionFailedAlarm(this, 'ExecutionFailed', { schedule, actions });
    new ExecutionOverdueAlarm(this, 'ExecutionOverdue', { schedule, actions });
    this.health = new ModelHealthAlarm(this, 'ModelHealth', { alarms: schedule._alarms });
  }
}
