import { Duration, Token } from 'aws-cdk-lib';
import { SCHEDULE_NAME_LENGTH } from '../../contract';
import { Problems } from '../../private/validation';
import { Cadence } from '../cadence';
import { Monitor } from '../monitor';
import { MonitoringScheduleProps } from '../monitoring-schedule-props';
import { requireCarriable } from './analysis-rules';
import { checkJob, checkPrefix } from './checks';
import { ScheduleInput } from './schedule-input';

/** The properties that have defaults. */
interface Given {
  readonly input: ScheduleInput;
  readonly prefix: string;
  readonly cadence: Cadence;
  readonly maxRuntime: Duration;
}

/** Notes what is wrong with a schedule. */
export function checkSchedule(props: MonitoringScheduleProps, { input, prefix, cadence, maxRuntime }: Given, problems: Problems): void {
  const { scheduleName } = props;
  checkJob({ ...props, maxRuntime }, cadence.period, problems);
  checkPrefix(prefix, problems);
  problems.require(scheduleName === undefined || Token.isUnresolved(scheduleName) || /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,35}$/.test(scheduleName),
    `scheduleName takes 1 to ${SCHEDULE_NAME_LENGTH} letters, digits and hyphens, got ${JSON.stringify(scheduleName)}`);
  input.check(problems, props.monitors.map(({ _analysis }) => _analysis));
  checkMonitors(props.monitors, problems);
  checkLabels(props, input, cadence, problems);
  checkCaptures(props, input, cadence, problems);
}

function checkMonitors(monitors: readonly Monitor[], problems: Problems): void {
  problems.require(monitors.length > 0, 'monitors is empty: give at least one, such as Monitor.dataQuality({ baseline })');
  problems.require(new Set(monitors.map(monitor => monitor.type)).size === monitors.length, 'monitors holds two of one kind: make a schedule for each');
  for (const monitor of monitors) monitor._check(problems);
  requireCarriable(problems, monitors.map(monitor => monitor._analysis));
}

function checkLabels({ groundTruth, monitors }: MonitoringScheduleProps, input: ScheduleInput, cadence: Cadence, problems: Problems): void {
  const labelled = monitors.flatMap(({ type, _labelDelay: delay }) => delay === undefined ? [] : [{ type, delay }]);
  const names = labelled.map(({ type }) => type).join(' and ');
  problems.require(labelled.length === 0 || groundTruth !== undefined,
    `${names} compares predictions with labels: give groundTruth, such as GroundTruth.fromBucket(bucket, 'labels')`);
  problems.require(labelled.length > 0 || groundTruth === undefined,
    'groundTruth is read by no monitor: add Monitor.modelQuality(…) or Monitor.modelBias(…), or leave it out');
  problems.require(groundTruth === undefined || /^s3:\/\/.*[^/]$/.test(groundTruth.groundTruthUri),
    `groundTruthUri begins with s3:// and has no slash at its end, got ${JSON.stringify(groundTruth?.groundTruthUri)}`);
  for (const { type, delay } of labelled) {
    requireKept(problems, { ...input, what: 'labels', retention: groundTruth?.groundTruthRetention, type, delay, cadence });
  }
}

function checkCaptures({ monitors }: MonitoringScheduleProps, input: ScheduleInput, cadence: Cadence, problems: Problems): void {
  for (const { type, _labelDelay: delay = Duration.hours(0) } of monitors) {
    requireKept(problems, { ...input, what: 'captures', type, delay, cadence });
  }
}

/** What is read late. */
interface ReadLate {
  readonly what: 'captures' | 'labels';
  readonly retention: Duration | undefined;
  readonly type: string;
  readonly delay: Duration;
  readonly cadence: Cadence;
  readonly completeAfter?: Duration;
}

/** The first request of a window is read when the window has ended and is complete, and the label delay after it. */
function requireKept(problems: Problems, { what, retention, type, delay, cadence, completeAfter }: ReadLate): void {
  const hours = (duration: Duration | undefined): number => duration?.toHours({ integral: false }) ?? 0;
  const age = Duration.hours(hours(delay) + hours(completeAfter) + cadence.hours);
  const parts = [
    ...hours(delay) > 0 ? [`labelDelay ${delay.toHumanString()}`] : [],
    ...completeAfter === undefined ? [] : [`longestTransform ${completeAfter.toHumanString()}`],
    `a cadence of ${cadence.period.toHumanString()}`,
  ];
  const advice = [...hours(delay) > 0 ? ['labelDelay'] : [], ...completeAfter === undefined ? [] : ['longestTransform']];
  problems.require(retention === undefined || hours(retention) >= hours(age),
    `${what} are kept for ${retention?.toHumanString()}, but the ${type} monitor reads them up to ${age.toHumanString()} later `
    + `(${parts.join(' and ')}): keep them longer${advice.length === 0 ? '' : `, or shorten ${advice.join(' or ')}`}`);
}
