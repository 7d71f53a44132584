import { Deployment } from '../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../rehearsal/assembly/stack';

/** A step, its expressions replaced by what they would be in one execution. */
export interface PipelineStep {
  readonly name: string;
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface RawDefinition {
  readonly Parameters: readonly { readonly Name: string; readonly DefaultValue: unknown }[];
  readonly Steps: readonly RawStep[];
}

interface RawStep {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Readonly<Record<string, unknown>> & { readonly IfSteps?: readonly RawStep[]; readonly ElseSteps?: readonly RawStep[] };
}

const EXECUTION = '0a1b2c3d4e5f';

/** The definition of a pipeline as one execution with every default would see it; steps under conditions are among its steps. */
export class PipelineDefinition {
  public readonly steps: readonly PipelineStep[];
  private readonly parameters: ReadonlyMap<string, unknown>;
  private readonly done = new Map<string, PipelineStep>();

  constructor(pipeline: TemplateResource, deployment: Deployment) {
    const { PipelineDefinition: definition } = deployment.properties(pipeline) as { PipelineDefinition: { PipelineDefinitionBody: string } };
    const { Parameters, Steps } = JSON.parse(definition.PipelineDefinitionBody) as RawDefinition;
    this.parameters = new Map(Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]));
    this.steps = Steps.flatMap(step => this.resolveStep(step));
  }

  private resolveStep({ Name: name, Type: type, Arguments }: RawStep): PipelineStep[] {
    const { IfSteps = [], ElseSteps = [], ...rest } = Arguments;
    const step = { name, type, arguments: this.resolve(rest) as Record<string, unknown> };
    this.done.set(name, step);
    return [step, ...[...IfSteps, ...ElseSteps].flatMap(inner => this.resolveStep(inner))];
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(item => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const [[operator, operand] = ['', undefined]] = Object.entries(value) as [string, unknown][];
    if (operator === 'Get') return this.get(String(operand));
    if (operator === 'Std:Join') {
      const { On, Values } = operand as { On: string; Values: unknown[] };
      return Values.map(item => String(this.resolve(item))).join(On);
    }
    if (operator === 'Std:JsonGet') return 0;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html */
  private get(path: string): unknown {
    const [root = '', name = '', ...rest] = path.split('.');
    if (root === 'Execution') return EXECUTION;
    if (root === 'Parameters' && this.parameters.has(name)) return this.parameters.get(name);
    const step = this.done.get(name);
    const output = /^ProcessingOutputConfig\.Outputs\['(\w+)'\]\.S3Output\.S3Uri$/.exec(rest.join('.'))?.[1];
    if (step !== undefined && output !== undefined) return outputUri(step, output);
    if (step !== undefined && rest.join('.') === 'ModelArtifacts.S3ModelArtifacts') return modelUri(step);
    if (step !== undefined && rest[0] === 'PropertyFiles') return path;
    throw new Error(`the pipeline refers to ${path}, which is neither a parameter nor what an earlier step makes`);
  }
}

function outputUri({ arguments: request, name }: PipelineStep, output: string): string {
  const { Outputs } = request.ProcessingOutputConfig as { Outputs: { OutputName: string; S3Output: { S3Uri: string } }[] };
  const found = Outputs.find(({ OutputName }) => OutputName === output);
  if (found === undefined) throw new Error(`the step ${name} has no output ${output}`);
  return found.S3Output.S3Uri;
}

function modelUri({ arguments: request, name }: PipelineStep): string {
  return `${(request.OutputDataConfig as { S3OutputPath: string }).S3OutputPath}/pipelines-${EXECUTION}-${name}/output/model.tar.gz`;
}
