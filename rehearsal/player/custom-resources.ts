import { randomUUID } from 'node:crypto';
import { isCustomResource, TemplateResource, where } from '../assembly/stack';
import { functionDelivers } from '../iam/implied';
import { LoopBroken } from './loop-broken';
import { Stage } from './stage';

const POLL_INTERVAL = 30_000;
const PATIENCE = 3_600_000;

/** The two handlers behind a custom resource of CDK's provider framework, and the framework's functions that call them. */
interface Provider {
  readonly framework: TemplateResource;
  readonly onEvent: string;
  readonly isComplete?: string;
}

interface OnEventAnswer {
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, unknown>;
}

interface IsCompleteAnswer {
  readonly IsComplete: boolean;
  readonly Data?: Record<string, unknown>;
}

/** Who makes the schedules of the managed service. */
interface ScheduleMaker {
  create(schedule: TemplateResource): void;
}

/** Deploys custom resources: those of the provider framework are played, others are named. */
export class CustomResources {
  public readonly notPlayed: string[] = [];

  constructor(private readonly stage: Stage) {}

  /** Creates each, in the template's order, and waits for it as CloudFormation does; between them the schedules that they guard. */
  public async deploy(modelMonitor: ScheduleMaker): Promise<void> {
    for (const resource of this.stage.deployment.resources()) {
      if (resource.type === 'AWS::SageMaker::MonitoringSchedule') modelMonitor.create(resource);
      if (!isCustomResource(resource)) continue;
      const provider = this.provider(resource);
      if (provider === undefined) this.notPlayed.push(`custom resource ${resource.type}: ${where(resource)}`);
      else await this.create(resource, provider);
    }
  }

  private provider(resource: TemplateResource): Provider | undefined {
    const { deployment } = this.stage;
    const framework = deployment.byArn(String(deployment.properties(resource).ServiceToken));
    const variables = framework && (deployment.properties(framework).Environment as { Variables?: Record<string, string> } | undefined)?.Variables;
    if (framework === undefined || variables?.USER_ON_EVENT_FUNCTION_ARN === undefined) return undefined;
    return { framework, onEvent: variables.USER_ON_EVENT_FUNCTION_ARN, isComplete: variables.USER_IS_COMPLETE_FUNCTION_ARN };
  }

  private async create(resource: TemplateResource, provider: Provider): Promise<void> {
    const { deployment, timeline, observe } = this.stage;
    observe({ type: 'progress', doing: `deploying ${resource.logicalId}` });
    const request = {
      RequestType: 'Create',
      RequestId: randomUUID(),
      StackId: `arn:aws:cloudformation:::stack/${resource.stack.name}`,
      LogicalResourceId: resource.logicalId,
      ResourceType: resource.type,
      ResourceProperties: stringified(deployment.properties(resource)),
    };
    const created = await this.call(provider, provider.onEvent, request, resource) as OnEventAnswer;
    let data = created.Data;
    const deadline = timeline.now().getTime() + PATIENCE;
    while (provider.isComplete !== undefined) {
      const answer = await this.call(provider, provider.isComplete, { ...request, ...created }, resource) as IsCompleteAnswer;
      data = { ...data, ...answer.Data };
      if (answer.IsComplete) break;
      const next = new Date(timeline.now().getTime() + POLL_INTERVAL);
      if (next.getTime() > deadline) throw new LoopBroken(`deployment → ${resource.logicalId}`, 'it was not complete within an hour', resource);
      await timeline.runUntil(next);
    }
    deployment.attributes.set(resource, { physicalId: created.PhysicalResourceId, attributes: data ?? {} });
  }

  private async call(provider: Provider, functionArn: string, event: object, resource: TemplateResource): Promise<unknown> {
    const played = this.stage.functions.byArn(functionArn);
    const permissions = functionDelivers(provider.framework, played.resource, this.stage.deployment);
    this.stage.gatekeeper.require(`${provider.framework.logicalId} → ${played.name}`, permissions, provider.framework);
    return this.stage.invoke(played, event, resource.logicalId);
  }
}

/** CloudFormation hands numbers and booleans to custom resources as strings. */
function stringified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stringified);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stringified(item)]));
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
