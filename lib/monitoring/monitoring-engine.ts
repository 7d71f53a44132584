import { Duration } from 'aws-cdk-lib';
import { Cadence } from './cadence';
import { MonitoringSchedule } from './monitoring-schedule';
import { ProcessingJobs } from './private/processing-jobs';
import { BoundSchedule } from './private/bound-schedule';
import { MetricDelay } from './private/metric-delay';

/** What runs the executions of a schedule. Metrics, alarms and reports are the same whichever it is. */
export abstract class MonitoringEngine {
  /** Processing jobs of this package's own analyzer, which every account can run. */
  public static processingJobs(): MonitoringEngine {
    return new ProcessingJobsEngine();
  }

  /**
   * Makes what executes the schedule.
   *
   * @internal
   */
  public abstract _bind(scope: MonitoringSchedule, schedule: BoundSchedule): void;

  /**
   * How long after its timestamp a metric may become known; alarms look back as far.
   *
   * @internal
   */
  public abstract _metricDelay(cadence: Cadence): Duration;
}

class ProcessingJobsEngine extends MonitoringEngine {
  /** @internal */
  public _bind(scope: MonitoringSchedule, schedule: BoundSchedule): void {
    new ProcessingJobs(scope, 'Engine', schedule);
  }

  /** @internal */
  public _metricDelay(): Duration {
    return MetricDelay.afterJob();
  }
}
