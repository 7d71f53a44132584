import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Problems } from '../private/validation';
import { childId } from '../private/names';
import { DriftAlarm } from './drift-alarm';
import { DriftMetric } from './drift-metric';
import { MonitoringSchedule } from './monitoring-schedule';

/** What `MonitoringSchedule.alarmOnEachFeature` makes alarms of. */
export interface FeatureAlarmsOptions {
  /**
   * The features, as the dataset's columns are called.
   *
   * @default - those of the baseline, where it is made of a CSV file with a header that ships with the app
   */
  readonly features?: string[];
  /**
   * More alarms than these are refused: each costs money.
   *
   * @default 50
   */
  readonly max?: number;
  /**
   * Distance (0–1) from the baseline above which an alarm is raised.
   *
   * @default 0.1
   */
  readonly threshold?: number;
  /**
   * What the alarms do, such as `new SnsAction(topic)`; at most 5.
   *
   * @default - nothing, which warnings say
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

/** USD a month in most regions: https://aws.amazon.com/cloudwatch/pricing/. */
const PRICE = { alarm: 0.1, metric: 0.3 };
/** Distance, shift of the mean, values, and how many there are. */
const METRICS_PER_FEATURE = 4;

/** An alarm on the distance of each feature from its baseline. */
export function featureAlarms(schedule: MonitoringSchedule, options: FeatureAlarmsOptions): DriftAlarm[] {
  const { actions, features, max = 50, threshold = 0.1 } = options;
  return checked(features, max, new Problems(schedule)).map(feature =>
    new DriftAlarm(schedule, `FeatureDrift-${childId(feature)}`, { schedule, metric: DriftMetric.featureDrift(feature), threshold, actions }));
}

function checked(features: readonly string[] | undefined, max: number, problems: Problems): readonly string[] {
  if (features === undefined) {
    problems.add('features is left out, and the baseline does not tell them before it is made: name the columns, '
      + 'or make the baseline of a CSV file with a header, Dataset.fromAsset(\'training.csv\')');
    problems.throwIfAny();
    return [];
  }
  const twice = features.find((feature, index) => features.indexOf(feature) !== index);
  problems.require(features.length > 0, 'features is empty: name at least one column');
  problems.require(twice === undefined, `features holds ${JSON.stringify(twice)} twice`);
  problems.require(features.length <= max, `${features.length} features would make ${features.length} alarms, at most ${max} are wanted: `
  + `they cost about USD ${cost(features.length, PRICE.alarm)} a month, and USD ${cost(features.length * METRICS_PER_FEATURE, PRICE.metric)} for the metrics they watch; `
  + 'raise max, name fewer features, or watch all of them with one DriftAlarm on DriftMetric.maximumDrift()');
  problems.throwIfAny();
  return features;
}

function cost(count: number, price: number): string {
  return (count * price).toFixed(2);
}
