import { captureFolderUri, checkViolationsMetric, DataQualityCheck, ExecutionMetric, featureDriftMetric, featureMeanShiftMetric } from '../../lib/contract';
import { MetricAlarm, watchedBy } from '../aws';
import { DriftKind, PlantedDrift } from '../traffic/planted-drift';
import { AlarmWatch } from './alarm-watch';
import { requireFed, requirePublishedOnce } from './alarm-checks';
import { TemplateAlarm } from './alarms';
import { LoopBroken } from './loop-broken';
import { MonitoringSchedule } from './monitoring-schedule';
import { HourOutcome } from './outcome';
import { PipelinePlayer } from './pipelines';
import { Stage } from './stage';
import { TrafficOptions } from './traffic-choice';

const HOUR = 3_600_000;

const COLUMN_CHECKS: readonly string[] = ['missing_column_check', 'extra_column_check'] satisfies DataQualityCheck[];

/** What a rehearsal came to. */
export interface Played {
  readonly alarms: AlarmWatch;
  /** Those that cannot be raised. */
  readonly silent: readonly TemplateAlarm<MetricAlarm>[];
  readonly monitoring: readonly MonitoringSchedule[];
  readonly hours: readonly HourOutcome[];
  readonly pipelines: PipelinePlayer;
  readonly options: TrafficOptions;
  readonly start: Date;
}

/** Whether the loop closed; fails with LoopBroken at the first arrow that did not hold. */
export function judge(stage: Stage, played: Played): void {
  requireHours(played);
  requirePublishedOnce(stage.aws.cloudWatch);
  requireComparable(played);
  requireFed(audible(played), stage.aws.cloudWatch);
  requireCalm(played);
  requirePlantedFound(stage, played);
  requireRetraining(played);
}

/** The alarms that can be raised. */
export function audible({ alarms, silent }: Pick<Played, 'alarms' | 'silent'>): TemplateAlarm<MetricAlarm>[] {
  return alarms.ofMetrics.filter(({ alarm: { name } }) => !silent.some(({ alarm }) => alarm.name === name));
}

/** Each hour with traffic was analysed, each without was said to hold no data. */
function requireHours({ hours, monitoring, options }: Played): void {
  const failed = hours.find(({ status }) => status === 'Failed');
  if (failed !== undefined) throw new LoopBroken('Processing job → reports', `the execution up to ${failed.window.end} failed: ${failed.failureReason ?? 'no reason given'}`);
  for (const { cadenceHours, capture, monitors, resource } of monitoring) {
    const mine = hours.filter(hour => monitors.some(({ name }) => name === hour.monitor));
    const expected = Math.floor(options.hours / cadenceHours);
    if (mine.length < expected) {
      throw new LoopBroken('schedule → start-monitoring-execution', `${expected} executions were due, ${mine.length} were reported`, resource);
    }
    const silent = mine.find((hour, index) => hour.status === 'NoData' && cadenceHours === 1 && !options.quietHours.includes(index));
    if (silent !== undefined) {
      throw new LoopBroken(
        'capture → start-monitoring-execution',
        `there was traffic up to ${silent.window.end}, and none was found below ${captureFolderUri(capture)}/`,
        resource,
      );
    }
  }
}

/** Where the columns of no window are those of the baseline, nothing was compared: that is the traffic's fault, and no alarm's. */
function requireComparable({ hours }: Played): void {
  const mismatches = hours.filter(({ reports }) => reports !== undefined)
    .map(({ violations }) => violations.find(({ constraint_check_type: check }) => COLUMN_CHECKS.includes(check)));
  const [first] = mismatches;
  if (first === undefined || mismatches.includes(undefined)) return;
  throw new LoopBroken('traffic → baseline', `${first.explanation}; in no window did the columns match those of the baseline, so that no distance was measured`);
}

function requireCalm({ alarms, options, start }: Played): void {
  const { planted, calmHours } = options.plan;
  if (planted.length === 0) return;
  const until = new Date(start.getTime() + (calmHours + 1) * HOUR);
  const early = alarms.awaited().find(({ time }) => time < until);
  if (early !== undefined) throw new LoopBroken(`metric → ${early.name}`, `the alarm fired in a calm hour: ${early.reason}`, resourceOf(alarms, early.name));
}

/** Every alarm that watches for what was planted has to have fired. */
function requirePlantedFound({ aws: { cloudWatch } }: Stage, played: Played): void {
  const { alarms, options } = played;
  if (options.hours <= options.plan.calmHours) return;
  for (const drift of options.plan.planted) {
    const watching = audible(played).filter(({ alarm }) => metricsThatShow(drift).includes(watchedBy(alarm)));
    if (watching.length === 0) throw new LoopBroken('metric → alarm', `no alarm watches for what was planted (${drift.description})`);
    const silent = watching.filter(({ alarm }) => !alarms.fired.some(({ name }) => name === alarm.name));
    const [first] = silent;
    if (first === undefined || silent.length < watching.length) continue;
    const highest = Math.max(...first.alarm.metrics.flatMap(metric => cloudWatch.data(metric)).map(point => point.maximum));
    throw new LoopBroken(`metric → ${first.alarm.name}`, `${drift.description} was planted and raised no alarm: ${watchedBy(first.alarm)} reached ${highest}, the threshold is ${first.alarm.threshold}; plant more, or lower the threshold`, first.resource);
  }
}

const CHECKS: Readonly<Record<DriftKind, DataQualityCheck>> = {
  shift: 'baseline_drift_check',
  null: 'completeness_check',
  category: 'categorical_values_check',
  text: 'data_type_check',
};

/** Metrics in which a planted drift shows. */
function metricsThatShow({ kind, feature }: PlantedDrift): string[] {
  const ofShift = kind === 'shift' ? [featureDriftMetric(feature), featureMeanShiftMetric(feature), ExecutionMetric.BASELINE_DRIFT_MAX] : [];
  return [checkViolationsMetric(CHECKS[kind]), ExecutionMetric.VIOLATIONS, ...ofShift];
}

/** An alarm starts the pipeline, once for a window. */
export function requireRetraining({ alarms, pipelines }: Played): void {
  const [first] = alarms.awaited();
  if (first !== undefined && pipelines.starts.length === 0) {
    throw new LoopBroken('alarm → trigger-retraining → pipeline', `${first.name} fired and no pipeline was started`, resourceOf(alarms, first.name));
  }
  const hours = pipelines.starts.map(({ time, pipeline }) => `${pipeline} ${Math.floor(time.getTime() / HOUR)}`);
  if (new Set(hours).size < hours.length) throw new LoopBroken('trigger-retraining → pipeline', 'the pipeline was started twice for one window');
}

function resourceOf(alarms: AlarmWatch, name: string): AlarmWatch['alarms'][number]['resource'] | undefined {
  return alarms.alarms.find(({ alarm }) => alarm.name === name)?.resource;
}
