import { Window } from '../../../lib/contract';
import { MonitoringExecutionEnd, ProcessingJobRequest } from '../../aws';
import { ExecutedSchedule, ExecutionJobs, HoldsObjects } from './execution-jobs';
import { isMergeImage } from './ground-truth-merge';

interface NextJob {
  readonly job: ProcessingJobRequest;
  readonly end?: undefined;
}

interface Conclusion {
  readonly job?: undefined;
  readonly end: MonitoringExecutionEnd;
}

/** What comes next in an execution: a job, or its end. */
export type ExecutionStep = NextJob | Conclusion;

/** A job of an execution that has ended. */
interface EndedJob {
  readonly request: Pick<ProcessingJobRequest, 'AppSpecification'>;
  readonly status: 'Completed' | 'Failed' | 'Stopped';
  readonly exitMessage?: string;
  readonly failureReason?: string;
}

/** An execution of the managed service: which jobs follow one another, and how it ends. */
export class Execution {
  private readonly jobs: ExecutionJobs;

  constructor(schedule: ExecutedSchedule, scheduled: Date, holds: HoldsObjects) {
    this.jobs = new ExecutionJobs(schedule, scheduled, holds);
  }

  /** The window whose requests are analysed. */
  public get window(): Window {
    return this.jobs.window;
  }

  /** What it begins with: where nothing was captured, with its end. */
  public async begin(): Promise<ExecutionStep> {
    if (!await this.jobs.hasCaptures()) return { end: { status: 'Failed', failureReason: 'Job inputs had no data' } };
    return { job: await this.jobs.merge() ?? await this.jobs.analysis() };
  }

  /** What follows a job. */
  public async after({ request, status, exitMessage = '', failureReason }: EndedJob): Promise<ExecutionStep> {
    if (status !== 'Completed') return { end: { status, failureReason } };
    if (isMergeImage(request.AppSpecification.ImageUri)) return { job: await this.jobs.analysis() };
    return { end: { status: exitMessage.startsWith('CompletedWithViolations') ? 'CompletedWithViolations' : 'Completed' } };
  }
}
