import { METRIC_NAMESPACES, parseS3Uri, Window } from '../../../lib/contract';
import { TemplateResource } from '../../assembly/stack';
import { MonitoringExecution, ProcessingJobRequest } from '../../aws';
import { copyEndpoint, roleOf } from '../../iam/implied';
import { ModelEndpoint } from '../model-endpoint';
import { EndedJob, Processing } from '../processing';
import { Stage } from '../stage';
import { Execution, ExecutionStep } from './execution';
import { ManagedSchedule, managedSchedule } from './managed-schedule';
import { DueTime, dueTimes } from './offsets';
import { publishMetrics } from './published-metrics';

/** An execution that has found nothing to analyse: of it, the service tells nobody. */
export interface EmptyExecution {
  readonly schedule: ManagedSchedule;
  readonly window: Window;
}

/** A schedule, and a time at which it is due. */
interface DueExecution extends DueTime {
  readonly schedule: ManagedSchedule;
}

interface RunningExecution {
  readonly schedule: ManagedSchedule;
  /** As the API tells it. */
  readonly entry: MonitoringExecution;
  readonly execution: Execution;
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
    processing.onManagedEnd(ended => this.ended(ended));
  }

  /** Creates a schedule of the template. */
  public create(resource: TemplateResource): void {
    const schedule = managedSchedule(this.stage, resource);
    this.schedules.push(schedule);
    this.stage.aws.sageMaker.monitoringSchedules.create(schedule.name, schedule.config);
  }

  /** The times in a span at which schedules are due. */
  public between(from: Date, to: Date): DueExecution[] {
    return this.schedules.flatMap(schedule => dueTimes(schedule.expression, from, to).map(due => ({ schedule, ...due })));
  }

  /** Lets executions begin. */
  public wind(due: readonly DueExecution[]): void {
    for (const { schedule, time, moment } of due) {
      this.stage.timeline.at(moment, () => this.begin(schedule, time));
    }
  }

  private async begin(schedule: ManagedSchedule, time: Date): Promise<void> {
    const { s3, sageMaker: { monitoringSchedules } } = this.stage.aws;
    const entry = monitoringSchedules.begin(schedule.name, time);
    if (entry === undefined) return;
    const execution = new Execution(schedule, time, (folderUri) => {
      const { bucket, key } = parseS3Uri(folderUri);
      return Promise.resolve(s3.list(bucket, key).length > 0);
    });
    const step = await execution.begin();
    this.proceed({ schedule, entry, execution }, step);
    if (step.end !== undefined) this.onEmpty({ schedule, window: execution.window });
  }

  private proceed(running: RunningExecution, { end, job }: ExecutionStep): void {
    if (job === undefined) this.stage.aws.sageMaker.monitoringSchedules.conclude(running.entry, end);
    else this.launch(running, job);
  }

  private launch(running: RunningExecution, request: ProcessingJobRequest): void {
    const { monitoringSchedules, jobs } = this.stage.aws.sageMaker;
    const { schedule: { definition, definitionResource, endpoint, name } } = running;
    this.running.set(request.ProcessingJobName, running);
    if (definition.type === 'model-explainability') {
      const copyName = `sm-clarify-${request.ProcessingJobName}`.slice(0, 63);
      const role = roleOf(definitionResource, request.RoleArn, this.stage.deployment);
      this.stage.gatekeeper.require(`Processing job ${request.ProcessingJobName} → copy of the endpoint`, copyEndpoint(role, endpoint, copyName, this.stage.deployment), role);
      this.endpoint.copyFor(request.ProcessingJobName, copyName);
    }
    running.entry.processingJobArn = jobs.begin(request, monitoringSchedules.arn(name)).arn;
  }

  /** A merge job leaves no metrics. */
  private async ended({ job: { end, request }, metrics, role }: EndedJob): Promise<void> {
    const jobName = request.ProcessingJobName;
    const running = this.running.get(jobName);
    if (running === undefined || end === undefined) return;
    this.running.delete(jobName);
    publishMetrics(this.stage, { namespace: METRIC_NAMESPACES[running.schedule.definition.type], metrics, role, jobName });
    this.proceed(running, await running.execution.after({ request, ...end }));
  }
}
