import { Aspects, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Cadence } from './cadence';
import { MonitorType as MonitorTypeName } from '../contract';
import { ContainerImage } from '../endpoint';
import { Problems } from '../private/validation';
import { MonitoringScheduleProps } from './monitoring-schedule-props';
import { BoundSchedule } from './private/bound-schedule';
import { MetricDelay } from './private/metric-delay';
import { checkModelMonitor } from './private/model-monitor/checks';
import { ModelMonitor } from './private/model-monitor/model-monitor';
import { ServiceImage } from './private/model-monitor/service-image';
import { warnOfSilentAlarms } from './private/model-monitor/silent-alarms';
import { ProcessingJobs } from './private/processing-jobs';

/** What runs the executions of a schedule. Metrics, alarms and reports are the same whichever it is. */
export abstract class MonitoringEngine {
  /** Processing jobs of this package's own analyzer, which every account can run. */
  public static processingJobs(): MonitoringEngine {
    return new ProcessingJobsEngine();
  }

  /**
   * Amazon SageMaker Model Monitor with AWS' own containers, for accounts that had schedules before 2026-07-30. The schedule's `image` is not used.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-availability-change.html
   */
  public static modelMonitor(): MonitoringEngine {
    return new ModelMonitorEngine();
  }

  /**
   * Notes what this engine cannot do of what a schedule asks for.
   *
   * @internal
   */
  public abstract _check(scope: Construct, props: MonitoringScheduleProps, cadence: Cadence, problems: Problems): void;

  /**
   * What the jobs of a monitor run; `undefined` when that is for the schedule to say.
   *
   * @internal
   */
  public abstract _image(scope: Construct, monitorType: string): ContainerImage | undefined;

  /**
   * Makes what executes the schedule.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, schedule: BoundSchedule): void;

  /**
   * How long after its timestamp a metric may become known; alarms look back as far.
   *
   * @internal
   */
  public abstract _metricDelay(cadence: Cadence): Duration;
}

class ProcessingJobsEngine extends MonitoringEngine {
  /** @internal */
  public _check(): void {
    // It takes all that a schedule may ask for.
  }

  /** @internal */
  public _image(): undefined {
    return undefined;
  }

  /** @internal */
  public _bind(scope: Construct, schedule: BoundSchedule): void {
    new ProcessingJobs(scope, 'Engine', schedule);
  }

  /** @internal */
  public _metricDelay(cadence: Cadence): Duration {
    return MetricDelay.afterJob(cadence);
  }
}

class ModelMonitorEngine extends MonitoringEngine {
  /** @internal */
  public _check(scope: Construct, props: MonitoringScheduleProps, cadence: Cadence, problems: Problems): void {
    checkModelMonitor(scope, props, cadence, problems);
  }

  /** @internal */
  public _image(scope: Construct, monitorType: string): ContainerImage {
    return ServiceImage.ofMonitor(scope, monitorType as MonitorTypeName);
  }

  /** @internal */
  public _bind(scope: Construct, schedule: BoundSchedule): void {
    new ModelMonitor(scope, 'Engine', schedule);
    // Alarms are made later than their schedule.
    Aspects.of(scope).add({ visit: (node) => { if (node === scope) warnOfSilentAlarms(schedule.alarms); } });
  }

  /** @internal */
  public _metricDelay(cadence: Cadence): Duration {
    return MetricDelay.fromWindowStart(cadence);
  }
}
