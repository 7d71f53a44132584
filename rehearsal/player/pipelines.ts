import { where } from '../assembly/stack';
import { UnplayableError } from '../assembly/unplayable-error';
import { PipelineStart } from './outcome';
import { Stage } from './stage';

/** How long a pipeline is busy. */
const DURATION = 25 * 60_000;

/** SageMaker's pipelines: they take the parameters that their definition declares, and end well after a while. */
export class PipelinePlayer {
  public readonly starts: PipelineStart[] = [];

  constructor(stage: Stage) {
    const { deployment, aws: { sageMaker: { pipelines } }, timeline } = stage;
    for (const resource of deployment.resources('AWS::SageMaker::Pipeline')) {
      const { PipelineDefinitionBody: body } = deployment.properties(resource).PipelineDefinition as { readonly PipelineDefinitionBody?: string };
      if (body === undefined) throw new UnplayableError('a pipeline whose definition is not in the template', where(resource));
      const { Parameters } = JSON.parse(body) as { readonly Parameters?: readonly { readonly Name: string }[] };
      pipelines.declare(deployment.physical(resource).name, (Parameters ?? []).map(({ Name }) => Name));
    }
    pipelines.onExecution((execution, pipeline) => {
      const start = { pipeline, time: execution.startTime, description: execution.description ?? '', parameters: execution.parameters };
      this.starts.push(start);
      stage.observe({ type: 'pipeline', start });
      timeline.after(DURATION, () => {
        execution.status = 'Succeeded';
        return Promise.resolve();
      });
    });
  }
}
