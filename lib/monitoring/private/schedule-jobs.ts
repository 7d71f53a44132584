import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ScheduleConfig } from '../../contract';
import { ContainerImage } from '../../endpoint';
import { uniquePrefix } from '../../private/names';
import { S3Location } from '../../private/s3-location';
import { IInvocableEndpoint } from '../invocable-endpoint';
import { Monitor } from '../monitor';
import { AnalysisJob, AnalysisJobProps } from './analysis-job';

/** What the jobs of a schedule read and write, by monitor. */
export interface JobFiles {
  readonly data: readonly S3Location[];
  readonly groundTruth: S3Location | undefined;
  readonly inputs: S3Location;
  readonly report: (monitor: Monitor) => S3Location;
}

/** A model that is asked, and the role of the job that asks it. */
export interface AskedModel {
  readonly endpoint: IInvocableEndpoint;
  readonly role: iam.IRole;
}

/** What every job of a schedule is made of; which image it runs depends on its monitors. */
export interface ScheduleJobsProps extends Omit<AnalysisJobProps, 'namePrefix' | 'image'> {
  readonly imageOf: (monitor: Monitor) => ContainerImage | undefined;
}

/** The jobs of a schedule: an isolated one that reads the window once, and one that asks the model, whose role alone may do so. */
export class ScheduleJobs {
  /** The isolated job; where every monitor asks the model, the other. */
  public readonly main: AnalysisJob;
  private readonly explaining?: AnalysisJob;

  constructor(scope: Construct, private readonly monitors: readonly Monitor[], props: ScheduleJobsProps, scheduleName: string) {
    const asking = monitors.find(asksModel);
    const isolated = monitors.find(monitor => !asksModel(monitor));
    this.explaining = asking && explainingJob(new Construct(scope, 'Explanation'), { ...props, image: props.imageOf(asking) }, scheduleName);
    this.main = this.explaining !== undefined && isolated === undefined
      ? this.explaining
      : new AnalysisJob(scope, 'Job', { ...props, image: isolated && props.imageOf(isolated), namePrefix: uniquePrefix(scope, scheduleName) });
  }

  /** Those that there are. */
  public get all(): AnalysisJob[] {
    return [...new Set([this.main, this.explaining ?? this.main])];
  }

  /** The jobs as the handlers start them. */
  public get config(): Pick<ScheduleConfig, 'job' | 'explanationJob'> {
    return { job: this.main.config, ...this.explaining && { explanationJob: this.explaining.config } };
  }

  /** The models that monitors ask, each in its own job's name. */
  public get asked(): AskedModel[] {
    return this.monitors.flatMap(monitor => monitor._endpoint === undefined ? [] : [{ endpoint: monitor._endpoint, role: this.jobOf(monitor).role }]);
  }

  /** Allows each job what its own monitors need. */
  public grant({ data, groundTruth, report }: Omit<JobFiles, 'inputs'>): void {
    for (const job of this.all) for (const read of data) read.grantRead(job.role);
    if (this.monitors.some(monitor => monitor._labelDelay !== undefined)) groundTruth?.grantRead(this.main.role);
    for (const monitor of this.monitors) {
      const { role } = this.jobOf(monitor);
      monitor.baseline.grantRead(role);
      report(monitor).grantWrite(role);
    }
  }

  private jobOf(monitor: Monitor): AnalysisJob {
    return asksModel(monitor) ? this.explaining ?? this.main : this.main;
  }
}

function explainingJob(scope: Construct, props: Omit<AnalysisJobProps, 'namePrefix'>, scheduleName: string): AnalysisJob {
  return new AnalysisJob(scope, 'Job', { ...props, role: undefined, networkIsolation: false, namePrefix: uniquePrefix(scope, scheduleName) });
}

function asksModel(monitor: Monitor): boolean {
  return monitor._endpoint !== undefined;
}
