import { Construct } from 'constructs';
import { ScheduleConfig } from '../../contract';
import { uniquePrefix } from '../../private/names';
import { S3Location } from '../../private/s3-location';
import { Monitor } from '../monitor';
import { AnalysisJob, AnalysisJobProps } from './analysis-job';

/** What the jobs of a schedule read and write, by monitor. */
export interface JobFiles {
  readonly data: readonly S3Location[];
  readonly groundTruth: S3Location | undefined;
  readonly inputs: S3Location;
  readonly report: (monitor: Monitor) => S3Location;
}

/** The jobs of a schedule: an isolated one that reads the window once, and one that asks the model, whose role alone may do so. */
export class ScheduleJobs {
  /** The isolated job; where every monitor asks the model, the other. */
  public readonly main: AnalysisJob;
  /** ARNs of the endpoints that may be asked; known once everything is granted. */
  public readonly endpointArns: string[] = [];
  private readonly explaining?: AnalysisJob;

  constructor(scope: Construct, private readonly monitors: readonly Monitor[], props: Omit<AnalysisJobProps, 'namePrefix'>, scheduleName: string) {
    this.explaining = monitors.some(asksModel) ? explainingJob(new Construct(scope, 'Explanation'), props, scheduleName) : undefined;
    this.main = this.explaining !== undefined && monitors.every(asksModel)
      ? this.explaining
      : new AnalysisJob(scope, 'Job', { ...props, namePrefix: uniquePrefix(scope, scheduleName) });
  }

  /** Those that there are. */
  public get all(): AnalysisJob[] {
    return [...new Set([this.main, this.explaining ?? this.main])];
  }

  /** The jobs as the handlers start them. */
  public get config(): Pick<ScheduleConfig, 'job' | 'explanationJob'> {
    return { job: this.main.config, ...this.explaining && { explanationJob: this.explaining.config } };
  }

  /** Allows each job what its own monitors need. */
  public grant({ data, groundTruth, inputs, report }: JobFiles): void {
    for (const job of this.all) for (const read of [...data, inputs]) read.grantRead(job.role);
    if (this.monitors.some(monitor => monitor._labelDelay !== undefined)) groundTruth?.grantRead(this.main.role);
    for (const monitor of this.monitors) {
      const { role } = asksModel(monitor) ? this.explaining ?? this.main : this.main;
      monitor.baseline.grantRead(role);
      report(monitor).grantWrite(role);
      for (const { resources } of monitor._endpoint?.grantInvoke(role).principalStatements ?? []) this.endpointArns.push(...resources);
    }
  }
}

function explainingJob(scope: Construct, props: Omit<AnalysisJobProps, 'namePrefix'>, scheduleName: string): AnalysisJob {
  return new AnalysisJob(scope, 'Job', { ...props, role: undefined, networkIsolation: false, namePrefix: uniquePrefix(scope, scheduleName) });
}

function asksModel(monitor: Monitor): boolean {
  return monitor._endpoint !== undefined;
}
