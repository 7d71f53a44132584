import * as z from 'zod';
import { Access, Location, regionalArn } from './aws-call';
import { AwsError } from './aws-error';
import { Operation, epochSeconds, operation, timestamp } from './operation';

/** States of a pipeline execution. */
type PipelineExecutionStatus = 'Executing' | 'Stopping' | 'Stopped' | 'Failed' | 'Succeeded';

/** One start of a pipeline. The player sets its status. */
export interface PipelineExecution {
  readonly arn: string;
  readonly startTime: Date;
  readonly description?: string;
  readonly displayName?: string;
  readonly parameters: Record<string, string>;
  readonly clientRequestToken: string;
  status: PipelineExecutionStatus;
}

/** A pipeline that exists: the parameters it declares, and its executions, oldest first. */
export interface Pipeline {
  readonly parameters: readonly string[];
  readonly executions: PipelineExecution[];
}

const StartPipelineExecution = z.object({
  PipelineName: z.string().min(1).max(2048),
  PipelineExecutionDisplayName: z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}$/).optional(),
  PipelineExecutionDescription: z.string().max(3072).optional(),
  PipelineParameters: z.array(z.object({
    Name: z.string().regex(/^[A-Za-z0-9\-_]*$/).max(256),
    Value: z.string().max(1024),
  })).max(200).default([]),
  ClientRequestToken: z.string().min(32).max(128),
});

const ListPipelineExecutions = z.object({
  PipelineName: z.string(),
  CreatedAfter: timestamp.optional(),
  CreatedBefore: timestamp.optional(),
  SortOrder: z.enum(['Ascending', 'Descending']).default('Descending'),
  MaxResults: z.number().int().min(1).max(100).default(10),
  NextToken: z.string().optional(),
});

/** SageMaker's pipelines, as far as starting and listing go. */
export class Pipelines {
  /** Pipelines by name. */
  readonly byName = new Map<string, Pipeline>();
  private readonly listeners: ((execution: PipelineExecution, pipelineName: string) => void)[] = [];

  constructor(private readonly location: Location, private readonly clock: () => Date) {}

  /** Makes a pipeline exist. */
  declare(name: string, parameters: readonly string[]): Pipeline {
    const pipeline = { parameters, executions: [] };
    this.byName.set(name, pipeline);
    return pipeline;
  }

  /** Calls back with each execution as it starts. */
  onExecution(listener: (execution: PipelineExecution, pipelineName: string) => void): void {
    this.listeners.push(listener);
  }

  readonly operations: Record<string, Operation> = {
    StartPipelineExecution: operation(StartPipelineExecution,
      input => this.access('StartPipelineExecution', input.PipelineName),
      input => ({ PipelineExecutionArn: this.start(input).arn })),
    ListPipelineExecutions: operation(ListPipelineExecutions,
      input => this.access('ListPipelineExecutions', input.PipelineName),
      input => this.list(input)),
  };

  private access(name: string, pipeline: string): Access {
    return { action: `sagemaker:${name}`, resource: this.arn(pipeline), conditions: {} };
  }

  private arn(name: string): string {
    return regionalArn(this.location, 'sagemaker', `pipeline/${name}`);
  }

  private find(name: string): Pipeline {
    const pipeline = this.byName.get(name);
    if (!pipeline) throw new AwsError('ResourceNotFound', `Pipeline '${this.arn(name)}' does not exist.`);
    return pipeline;
  }

  private start(input: z.output<typeof StartPipelineExecution>): PipelineExecution {
    const pipeline = this.find(input.PipelineName);
    const parameters = Object.fromEntries(input.PipelineParameters.map(({ Name, Value }) => [Name, Value]));
    const undeclared = Object.keys(parameters).filter(name => !pipeline.parameters.includes(name));
    if (undeclared.length > 0) throw new AwsError('ValidationException', `Unknown parameters: [${undeclared.join(', ')}]`);

    const earlier = pipeline.executions.find(execution => execution.clientRequestToken === input.ClientRequestToken);
    if (earlier) {
      if (JSON.stringify(earlier.parameters) === JSON.stringify(parameters)) return earlier;
      throw new AwsError('ConflictException', `The client request token ${input.ClientRequestToken} was used with other parameters.`);
    }
    const execution: PipelineExecution = {
      arn: `${this.arn(input.PipelineName)}/execution/${(pipeline.executions.length + 1).toString(36).padStart(12, '0')}`,
      startTime: this.clock(),
      description: input.PipelineExecutionDescription,
      displayName: input.PipelineExecutionDisplayName,
      parameters,
      clientRequestToken: input.ClientRequestToken,
      status: 'Executing',
    };
    pipeline.executions.push(execution);
    for (const listener of this.listeners) listener(execution, input.PipelineName);
    return execution;
  }

  private list(input: z.output<typeof ListPipelineExecutions>): unknown {
    const { CreatedAfter: after, CreatedBefore: before } = input;
    const found = this.find(input.PipelineName).executions
      .filter(({ startTime }) => (!after || startTime > after) && (!before || startTime < before));
    if (input.SortOrder === 'Descending') found.reverse();
    const from = Number(input.NextToken ?? 0);
    const end = from + input.MaxResults;
    return {
      PipelineExecutionSummaries: found.slice(from, end).map(execution => ({
        PipelineExecutionArn: execution.arn,
        StartTime: epochSeconds(execution.startTime),
        PipelineExecutionStatus: execution.status,
        PipelineExecutionDescription: execution.description,
        PipelineExecutionDisplayName: execution.displayName,
      })),
      ...(end < found.length && { NextToken: String(end) }),
    };
  }
}
