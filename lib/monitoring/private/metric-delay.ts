import { Duration } from 'aws-cdk-lib';
import { Cadence } from '../cadence';

/** From the timestamp of a metric until CloudWatch knows it, by who stamps it. */
export const MetricDelay = {
  /**
   * Our functions stamp the end of the job and publish within minutes, also when they have to try again. That nothing was captured is stamped with
   * the time that was meant for the execution.
   */
  afterJob: ({ jitter }: Cadence): Duration => Duration.minutes(15).plus(jitter ?? Duration.minutes(0)),

  /** The managed monitor stamps the start of the window; its job starts up to 20 minutes after the window's end and may take an hour. */
  fromWindowStart: (cadence: Cadence): Duration => cadence.period.plus(Duration.minutes(90)),
};

/** So many cadences an alarm has to look back to see a metric that is late. */
export function periodsToSee(cadence: Cadence, delay: Duration): number {
  return Math.max(1, Math.ceil(delay.toSeconds() / cadence.period.toSeconds()));
}

/** A job may start later by the jitter and take an hour longer than the one before, and its end be known a quarter of an hour later. */
const LATER = Duration.minutes(75);

/** So many cadences may lie between the ends of two executions. */
export function periodsBetweenEnds({ jitter, period }: Cadence): number {
  return 1 + Math.ceil((LATER.toMinutes() + (jitter?.toMinutes() ?? 0)) / period.toMinutes());
}
