import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Problems } from '../private/validation';
import { DataQualityCheck } from './data-quality-check';
import { MonitoringSchedule } from './monitoring-schedule';

/** A measure of drift that an alarm can watch. */
export abstract class DriftMetric {
  /** Distance (0–1) of a feature's distribution from its baseline. */
  public static featureDrift(feature: string): DriftMetric {
    return new Distance(feature, (schedule, props) => schedule.metricFeatureDrift(feature, props), `Data drift detected on ${feature}: distance from the baseline`);
  }

  /** |mean − baseline mean| / |baseline mean| of a feature: 0.2 is 20 %. */
  public static featureMeanShift(feature: string): DriftMetric {
    return new MeanShift(feature, (schedule, props) => schedule.metricFeatureMeanShift(feature, props), `Data drift detected on ${feature}: relative shift of the mean`);
  }

  /** The largest distance (0–1) of all features. */
  public static maximumDrift(): DriftMetric {
    return new Distance(undefined, (schedule, props) => schedule.metricMaximumDrift(props), 'Data drift detected: largest distance of a feature from its baseline');
  }

  /** How many violations an execution found. */
  public static violations(): DriftMetric {
    return new Count(undefined, (schedule, props) => schedule.metricViolations(props), 'Data drift detected: violations of the baseline');
  }

  /** How many violations one check found. */
  public static checkViolations(check: DataQualityCheck): DriftMetric {
    return new Count(undefined, (schedule, props) => schedule.metricCheckViolations(check, props), `Data drift detected: violations of ${check}`);
  }

  /** @internal */
  protected constructor(
    /** @internal */ public readonly _feature: string | undefined,
    /** @internal */ public readonly _metric: (schedule: MonitoringSchedule, props: cloudwatch.MetricOptions) => cloudwatch.Metric,
    /** @internal */ public readonly _description: string,
  ) {}

  /**
   * Notes what is wrong with a threshold.
   *
   * @internal
   */
  public abstract _check(threshold: number, problems: Problems): void;
}

class Distance extends DriftMetric {
  /** @internal */
  public _check(threshold: number, problems: Problems): void {
    problems.require(threshold >= 0 && threshold < 1, `the threshold of a distance must be from 0 to below 1, got ${threshold}; a distance never exceeds 1`);
  }
}

class MeanShift extends DriftMetric {
  /** @internal */
  public _check(threshold: number, problems: Problems): void {
    problems.require(threshold > 0 && Number.isFinite(threshold), `the threshold of a mean's shift must be above 0, got ${threshold}; 0.2 is 20 %`);
  }
}

class Count extends DriftMetric {
  /** @internal */
  public _check(threshold: number, problems: Problems): void {
    problems.require(Number.isInteger(threshold) && threshold >= 0, `the threshold of a count must be a whole number from 0, got ${threshold}; 0 alarms on the first`);
  }
}
