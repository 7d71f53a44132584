import { Location } from './aws-call';
import { ModelPackages } from './model-packages';
import { Operation } from './operation';
import { Pipelines } from './pipelines';
import { ProcessingJobs } from './processing-jobs';

/** SageMaker: Processing jobs, pipelines and model packages. */
export class SageMaker {
  readonly jobs: ProcessingJobs;
  readonly pipelines: Pipelines;
  readonly modelPackages = new ModelPackages();
  readonly operations: Record<string, Operation>;

  constructor(location: Location, clock: () => Date) {
    this.jobs = new ProcessingJobs(location, clock);
    this.pipelines = new Pipelines(location, clock);
    this.operations = { ...this.jobs.operations, ...this.pipelines.operations, ...this.modelPackages.operations };
  }
}
