import { METRIC_NAMESPACES } from '../../../lib/contract';
import { TemplateResource } from '../../assembly/stack';
import { MonitoringExecution, MonitoringExecutionEnd, ProcessingJobRequest } from '../../aws';
import { occurrences } from '../../events/cron';
import { copyEndpoint, roleOf } from '../../iam/implied';
import { ModelEndpoint } from '../model-endpoint';
import { EndedJob, Processing } from '../processing';
import { Stage } from '../stage';
import { capturedSides } from './captured-sides';
import { ExecutionJobs } from './execution-jobs';
import { isMergeImage } from './ground-truth-merge';
import { ManagedSchedule, managedSchedule } from './managed-schedule';
import { publishMetrics } from './published-metrics';

/** The service begins an execution up to 20 minutes after the hour; here always so late. */
const DELAY = 10 * 60_000;

/** An execution that has found nothing to analyse: of it, the service tells nobody. */
export interface EmptyExecution {
  readonly schedule: ManagedSchedule;
  readonly window: ExecutionJobs['window'];
}

/** A schedule, a time at which it is due, and when the service begins to execute it. */
interface DueExecution {
  readonly schedule: ManagedSchedule;
  readonly time: Date;
  readonly moment: Date;
}

interface RunningExecution {
  readonly schedule: ManagedSchedule;
  readonly execution: MonitoringExecution;
  readonly jobs: ExecutionJobs;
}

/** SageMaker Model Monitor: begins executions of its schedules, one after the other, and publishes what their jobs measured. */
export class ModelMonitor {
  public readonly schedules: ManagedSchedule[] = [];
  /** By the name of the job that they wait for. */
  private readonly running = new Map<string, RunningExecution>();

  constructor(
    private readonly stage: Stage, processing: Processing, private readonly endpoint: ModelEndpoint,
    private readonly onEmpty: (execution: EmptyExecution) => void,
  ) {
    processing.onManagedEnd((ended) => { this.ended(ended); });
  }

  /** Creates a schedule of the template. */
  public create(resource: TemplateResource): void {
    const schedule = managedSchedule(this.stage, resource);
    this.schedules.push(schedule);
    this.stage.aws.sageMaker.monitoringSchedules.create(schedule.name, schedule.config);
  }

  /** The times in a span at which schedules are due. */
  public between(from: Date, to: Date): DueExecution[] {
    return this.schedules.flatMap(schedule => occurrences(schedule.expression, from, to)
      .map(time => ({ schedule, time, moment: new Date(time.getTime() + DELAY) })));
  }

  /** Lets executions begin. */
  public wind(due: readonly DueExecution[]): void {
    for (const { schedule, time, moment } of due) {
      this.stage.timeline.at(moment, () => {
        this.begin(schedule, time);
        return Promise.resolve();
      });
    }
  }

  private begin(schedule: ManagedSchedule, time: Date): void {
    const execution = this.stage.aws.sageMaker.monitoringSchedules.begin(schedule.name, time);
    if (execution === undefined) return;
    const jobs = new ExecutionJobs(schedule, time, this.stage.aws.s3);
    if (!jobs.hasCaptures) {
      this.conclude(execution, { status: 'Failed', failureReason: 'Job inputs had no data' });
      this.onEmpty({ schedule, window: jobs.window });
      return;
    }
    this.launch({ schedule, execution, jobs }, jobs.merge() ?? this.analysis(schedule, jobs));
  }

  private launch(running: RunningExecution, request: ProcessingJobRequest): void {
    const { monitoringSchedules, jobs } = this.stage.aws.sageMaker;
    const { schedule: { definition, endpoint, name, resource } } = running;
    this.running.set(request.ProcessingJobName, running);
    if (definition.type === 'model-explainability') {
      const copyName = `sm-clarify-${request.ProcessingJobName}`.slice(0, 63);
      const role = roleOf(resource, request.RoleArn, this.stage.deployment);
      this.stage.gatekeeper.require(`Processing job ${request.ProcessingJobName} → copy of the endpoint`, copyEndpoint(role, endpoint, copyName, this.stage.deployment), role);
      this.endpoint.copyFor(request.ProcessingJobName, copyName);
    }
    running.execution.processingJobArn = jobs.begin(request, monitoringSchedules.arn(name)).arn;
  }

  private analysis({ definition, endpoint }: ManagedSchedule, jobs: ExecutionJobs): ProcessingJobRequest {
    return jobs.analysis(capturedSides(definition, endpoint, this.stage.deployment));
  }

  private ended({ job, metrics, role }: EndedJob): void {
    const name = job.request.ProcessingJobName;
    const running = this.running.get(name);
    if (running === undefined || job.end === undefined) return;
    this.running.delete(name);
    const { execution, schedule, jobs } = running;
    const { end: { exitMessage = '', failureReason, status } } = job;
    if (status !== 'Completed') {
      this.conclude(execution, { status, failureReason });
    } else if (isMergeImage(job.request.AppSpecification.ImageUri)) {
      this.launch(running, this.analysis(schedule, jobs));
    } else {
      publishMetrics(this.stage, { namespace: METRIC_NAMESPACES[schedule.definition.type], metrics, role, jobName: name });
      this.conclude(execution, { status: exitMessage.startsWith('CompletedWithViolations') ? 'CompletedWithViolations' : 'Completed' });
    }
  }

  private conclude(execution: MonitoringExecution, end: MonitoringExecutionEnd): void {
    this.stage.aws.sageMaker.monitoringSchedules.conclude(execution, end);
  }
}
