import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { DRIFT_DETECTED, ExecutionMetric } from '../contract';
import { DataQualityCheck } from './data-quality-check';
import { Facet } from './facet';
import { MonitorType } from './monitor-type';
import { facetText } from './private/facet-text';
import { ScheduleMetrics } from './private/schedule-metrics';
import { QualityMetric } from './quality-metric';

const ERRORS: readonly string[] = [QualityMetric.MAE, QualityMetric.MSE, QualityMetric.RMSE];
const WORSE_ABOVE: readonly string[] = [...ERRORS, QualityMetric.FALSE_POSITIVE_RATE, QualityMetric.FALSE_NEGATIVE_RATE];

/** What a measure is called, where it is published, and which thresholds make sense. */
interface Measure {
  readonly description: string;
  /** Who measures it. */
  readonly monitor: MonitorType;
  readonly metric: (schedule: ScheduleMetrics, props: cloudwatch.MetricOptions) => cloudwatch.Metric;
  /** What is wrong with a threshold, if anything. */
  readonly problem: (threshold: number) => string | undefined;
  /** Feature that must be published, whatever its rank. */
  readonly feature?: string;
  /** Whether the alarm is raised below the threshold. */
  readonly isWorseBelow?: boolean;
}

/** A measure of drift that an alarm can watch. */
export class DriftMetric {
  /** Distance (0–1) of a feature's distribution from its baseline. */
  public static featureDrift(feature: string): DriftMetric {
    return new DriftMetric({
      monitor: MonitorType.DATA_QUALITY,
      feature,
      description: `Data drift detected on ${feature}: distance from the baseline`,
      metric: (schedule, props) => schedule.metricFeatureDrift(feature, props),
      problem: distanceProblem,
    });
  }

  /** |mean − baseline mean| / |baseline mean| of a feature: 0.2 is 20 %. */
  public static featureMeanShift(feature: string): DriftMetric {
    return new DriftMetric({
      monitor: MonitorType.DATA_QUALITY,
      feature,
      description: `Data drift detected on ${feature}: relative shift of the mean`,
      metric: (schedule, props) => schedule.metricFeatureMeanShift(feature, props),
      problem: shiftProblem,
    });
  }

  /** The largest distance (0–1) of all features. */
  public static maximumDrift(): DriftMetric {
    return new DriftMetric({
      monitor: MonitorType.DATA_QUALITY,
      description: 'Data drift detected: largest distance of a feature from its baseline',
      metric: (schedule, props) => schedule.metricMaximumDrift(props),
      problem: distanceProblem,
    });
  }

  /**
   * How many violations an execution found.
   *
   * @param monitor the one that found them; that of data quality when left out.
   */
  public static violations(monitor: MonitorType = MonitorType.DATA_QUALITY): DriftMetric {
    return new DriftMetric({
      monitor,
      description: `${DRIFT_DETECTED[monitor]}: violations of the baseline`,
      metric: (schedule, props) => schedule.metricOf(monitor, ExecutionMetric.VIOLATIONS, props),
      problem: countProblem,
    });
  }

  /** A measure of the model's quality, such as `QualityMetric.ACCURACY`; the alarm is raised where the model is worse: below, or above for errors. */
  public static modelQuality(metric: string): DriftMetric {
    const isWorseBelow = !WORSE_ABOVE.includes(metric);
    return new DriftMetric({
      monitor: MonitorType.MODEL_QUALITY,
      isWorseBelow,
      description: `${DRIFT_DETECTED[MonitorType.MODEL_QUALITY]}: ${metric}`,
      metric: (schedule, props) => schedule.metricModelQuality(metric, props),
      problem: threshold => qualityProblem(metric, threshold),
    });
  }

  /**
   * A measure of bias, such as `BiasMetric.DI`, of the group that a facet names by its values or by a threshold. The alarm on the ratio DI is
   * raised below its own threshold, that on a difference above it, where the group is worse off.
   */
  public static bias(metric: string, facet: Facet): DriftMetric {
    const isRatio = metric === 'DI';
    return new DriftMetric({
      monitor: MonitorType.MODEL_BIAS,
      isWorseBelow: isRatio,
      description: `${DRIFT_DETECTED[MonitorType.MODEL_BIAS]}: ${metric} of ${facetText(facet._config)}`,
      metric: (schedule, props) => schedule.metricBias(metric, facet, props),
      problem: threshold => isRatio ? ratioProblem(threshold) : finiteProblem(threshold),
    });
  }

  /** nDCG (0–1) of the features' ranking by what they contribute; the alarm is raised below the threshold. */
  public static attributionDrift(): DriftMetric {
    return new DriftMetric({
      monitor: MonitorType.MODEL_EXPLAINABILITY,
      isWorseBelow: true,
      description: `${DRIFT_DETECTED[MonitorType.MODEL_EXPLAINABILITY]}: likeness of the features' ranking to the baseline's`,
      metric: (schedule, props) => schedule.metricAttributionDrift(props),
      problem: threshold => threshold > 0 && threshold <= 1 ? undefined : `the threshold of nDCG must be above 0 and at most 1, got ${threshold}; the service's is 0.9`,
    });
  }

  /** How many violations one check found. */
  public static checkViolations(check: DataQualityCheck): DriftMetric {
    return new DriftMetric({
      monitor: MonitorType.DATA_QUALITY,
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

function qualityProblem(metric: string, threshold: number): string | undefined {
  const known: string[] = Object.values(QualityMetric);
  if (!known.includes(metric)) return `there is no quality metric ${JSON.stringify(metric)}: the metrics are ${known.join(', ')}`;
  if (ERRORS.includes(metric)) return threshold > 0 && Number.isFinite(threshold) ? undefined : `the threshold of ${metric} must be above 0, got ${threshold}`;
  if (metric === 'r2') return threshold <= 1 ? undefined : `the threshold of r2 must be at most 1, got ${threshold}`;
  return threshold > 0 && threshold < 1 ? undefined : `the threshold of ${metric} must be above 0 and below 1, got ${threshold}; 0.8 is 80 %`;
}

function ratioProblem(threshold: number): string | undefined {
  if (threshold > 0 && Number.isFinite(threshold)) return undefined;
  return `the threshold of a ratio must be above 0, got ${threshold}; 0.8 is the four-fifths rule`;
}

function finiteProblem(threshold: number): string | undefined {
  return Number.isFinite(threshold) ? undefined : `the threshold of a bias metric must be a number, got ${threshold}`;
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
