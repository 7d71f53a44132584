import { Duration, UnscopedValidationError } from 'aws-cdk-lib';

type ValidationErrorName = ConstructorParameters<typeof UnscopedValidationError>[0];

/** What the Scheduler takes, in minutes. */
const LONGEST_JITTER = 1440;
const HOURS_OF_A_DAY = [1, 2, 3, 4, 6, 8, 12, 24];

/** Properties of a cadence. */
export interface CadenceOptions {
  /**
   * Executions start up to so long after their time, each at a moment that the Scheduler chooses, so that many schedules do not ask for their jobs
   * at once. What they analyse stays the same. Whole minutes from 1, at most 1440, less than the cadence.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
   * @default - they start at their time
   */
  readonly jitter?: Duration;
}

/** Properties of a daily cadence. */
export interface DailyCadenceOptions extends CadenceOptions {
  /**
   * Hour (0–23, UTC) at which the analysed day ends.
   *
   * @default 0
   */
  readonly hour?: number;
}

/** How often a schedule executes; each execution analyses the whole hours since the one before. UTC. */
export class Cadence {
  /**
   * Every hour.
   *
   * @throws ValidationError when the jitter is out of its bounds.
   */
  public static hourly(options: CadenceOptions = {}): Cadence {
    return Cadence.everyHours(1, options);
  }

  /**
   * Every so many hours, counted from midnight.
   *
   * @param hours 1, 2, 3, 4, 6, 8, 12 or 24: what divides the day, so that every window is as long as the others.
   * @throws ValidationError when the day is not a multiple of the hours, or the jitter is out of its bounds.
   */
  public static everyHours(hours: number, options: CadenceOptions = {}): Cadence {
    if (!HOURS_OF_A_DAY.includes(hours)) {
      throw invalid(`a cadence must be one of ${HOURS_OF_A_DAY.join(', ')} hours so that windows are of one length, got ${hours}`);
    }
    return new Cadence(hours, 0, options.jitter);
  }

  /**
   * Every day.
   *
   * @throws ValidationError when the hour is not a whole number from 0 to 23, or the jitter is out of its bounds.
   */
  public static daily(options: DailyCadenceOptions = {}): Cadence {
    const hour = options.hour ?? 0;
    if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw invalid(`the hour of a daily cadence must be a whole number from 0 to 23, got ${hour}`);
    return new Cadence(24, hour, options.jitter);
  }

  private constructor(
    /** Whole hours from one execution to the next. */
    public readonly hours: number,
    private readonly firstHour: number,
    /** Executions start up to so long after their time; `undefined` when at it. */
    public readonly jitter: Duration | undefined,
  ) {
    const minutes = jitter?.toMinutes({ integral: false }) ?? 1;
    const most = Math.min(LONGEST_JITTER, 60 * hours - 1);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > most) {
      throw invalid(`jitter must be whole minutes from 1 to ${most}, less than the cadence of ${hours} h, got ${jitter?.toHumanString()}`);
    }
  }

  /** Time from one execution to the next. */
  public get period(): Duration {
    return Duration.hours(this.hours);
  }

  /**
   * The Scheduler's expression for so many minutes after the end of a window.
   *
   * @internal
   */
  public _expression(minutes: number): string {
    return `cron(${minutes % 60} ${this.hourField(Math.floor(minutes / 60))} * * ? *)`;
  }

  /**
   * The managed monitor's expression, which knows whole hours only and one place for the question mark.
   *
   * @internal
   */
  public get _managedExpression(): string {
    return `cron(0 ${this.hourField()} ? * * *)`;
  }

  private hourField(later = 0): string {
    if (this.hours === 1) return '*';
    return this.hours === 24 ? String((this.firstHour + later) % 24) : `${later % this.hours}/${this.hours}`;
  }
}

function invalid(problem: string): UnscopedValidationError {
  return new UnscopedValidationError('InvalidCadence' as ValidationErrorName, problem);
}
