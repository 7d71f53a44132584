import { Location } from './aws-call';
import { ModelPackages } from './model-packages';
import { MonitoringSchedules } from './monitoring-schedules';
import { Operation } from './operation';
import { Pipelines } from './pipelines';
import { ProcessingJobs } from './processing-jobs';

/** SageMaker: Processing jobs, monitoring schedules, pipelines and model packages. */
export class SageMaker {
  readonly jobs: ProcessingJobs;
  readonly monitoringSchedules: MonitoringSchedules;
  readonly pipelines: Pipelines;
  readonly modelPackages = new ModelPackages();
  readonly operations: Record<string, Operation>;

  constructor(location: Location, clock: () => Date) {
    this.jobs = new ProcessingJobs(location, clock);
    this.monitoringSchedules = new MonitoringSchedules(location, clock);
    this.pipelines = new Pipelines(location, clock);
    this.operations = {
      ...this.jobs.operations, ...this.monitoringSchedules.operations, ...this.pipelines.operations, ...this.modelPackages.operations,
    };
  }
}
