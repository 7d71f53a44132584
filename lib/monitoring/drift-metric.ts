import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DataQualityCheck } from './data-quality-check';
import { MonitoringSchedule } from './monitoring-schedule';

/** What a measure is called, where it is published, and which thresholds make sense. */
interface Measure {
  readonly description: string;
  readonly metric: (schedule: MonitoringSchedule, props: cloudwatch.MetricOptions) => cloudwatch.Metric;
  /** What is wrong with a threshold, if anything. */
  readonly problem: (threshold: number) => string | undefined;
  /** Feature that must be published, whatever its rank. */
  readonly feature?: string;
}

/** A measure of drift that an alarm can watch. */
export class DriftMetric {
  /** Distance (0–1) of a feature's distribution from its baseline. */
  public static featureDrift(feature: string): DriftMetric {
    return new DriftMetric({
      feature,
      description: `Data drift detected on ${feature}: distance from the baseline`,
      metric: (schedule, props) => schedule.metricFeatureDrift(feature, props),
      problem: distanceProblem,
    });
  }

  /** |mean − baseline mean| / |baseline mean| of a feature: 0.2 is 20 %. */
  public static featureMeanShift(feature: string): DriftMetric {
    return new DriftMetric({
      feature,
      description: `Data drift detected on ${feature}: relative shift of the mean`,
      metric: (schedule, props) => schedule.metricFeatureMeanShift(feature, props),
      problem: shiftProblem,
    });
  }

  /** The largest distance (0–1) of all features. */
  public static maximumDrift(): DriftMetric {
    return new DriftMetric({
      description: 'Data drift detected: largest distance of a feature from its baseline',
      metric: (schedule, props) => schedule.metricMaximumDrift(props),
      problem: distanceProblem,
    });
  }

  /** How many violations an execution found. */
  public static violations(): DriftMetric {
    return new DriftMetric({
      description: 'Data drift detected: violations of the baseline',
      metric: (schedule, props) => schedule.metricViolations(props),
      problem: countProblem,
    });
  }

  /** How many violations one check found. */
  public static checkViolations(check: DataQualityCheck): DriftMetric {
    return new DriftMetric({
      description: `Data drift detected: violations of ${check}`,
      metric: (schedule, props) => schedule.metricCheckViolations(check, props),
      problem: countProblem,
    });
  }

  /** @internal */
  public readonly _measure: Measure;

  private constructor(measure: Measure) {
    this._measure = measure;
  }
}

function distanceProblem(threshold: number): string | undefined {
  if (threshold >= 0 && threshold < 1) return undefined;
  return `the threshold of a distance must be from 0 to below 1, got ${threshold}; a distance never exceeds 1`;
}

function shiftProblem(threshold: number): string | undefined {
  if (threshold > 0 && Number.isFinite(threshold)) return undefined;
  return `the threshold of a mean's shift must be above 0, got ${threshold}; 0.2 is 20 %`;
}

function countProblem(threshold: number): string | undefined {
  if (Number.isInteger(threshold) && threshold >= 0) return undefined;
  return `the threshold of a count must be a whole number from 0, got ${threshold}; 0 alarms on the first`;
}
