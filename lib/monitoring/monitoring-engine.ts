import { MonitoringSchedule } from './monitoring-schedule';
import { ProcessingJobs } from './private/processing-jobs';
import { BoundSchedule } from './private/bound-schedule';

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
}

class ProcessingJobsEngine extends MonitoringEngine {
  /** @internal */
  public _bind(scope: MonitoringSchedule, schedule: BoundSchedule): void {
    new ProcessingJobs(scope, 'Engine', schedule);
  }
}
