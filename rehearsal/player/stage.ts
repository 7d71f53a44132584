import { Assembly } from '../assembly/assembly';
import { Deployment } from '../assembly/deployment';
import { AccessDeniedError, AwsCall, LocalAws } from '../aws';
import { callApi, functionRuns } from '../iam/implied';
import { FunctionError } from '../runtime/lambda-function';
import { Functions, PlayedFunction } from './functions';
import { Gatekeeper } from './gatekeeper';
import { LoopBroken } from './loop-broken';
import { RehearsalEvent } from './outcome';
import { Timeline } from './timeline';

/** What every player shares: the deployed template, the small AWS it runs in, the virtual clock, and who may do what. */
export class Stage {
  /** Sets a stage up; whoever does must close it. */
  public static async open(assemblyDirectory: string, start: Date, observe: (event: RehearsalEvent) => void): Promise<Stage> {
    const deployment = new Deployment(Assembly.load(assemblyDirectory));
    const timeline = new Timeline(start);
    const environment = deployment.assembly.stacks[0]?.environment;
    if (environment === undefined) throw new Error(`${assemblyDirectory} holds no stack`);
    const gatekeeper = new Gatekeeper(deployment, observe);
    const stage: { current?: Stage } = {};
    const aws = new LocalAws({ ...environment, clock: () => timeline.now(), authorize: (call) => { stage.current?.authorize(call); } });
    const functions = new Functions(deployment, await aws.listen());
    return stage.current = new Stage(deployment, timeline, aws, functions, gatekeeper, observe);
  }

  private broken?: LoopBroken;

  private constructor(
    public readonly deployment: Deployment,
    public readonly timeline: Timeline,
    public readonly aws: LocalAws,
    public readonly functions: Functions,
    public readonly gatekeeper: Gatekeeper,
    public readonly observe: (event: RehearsalEvent) => void,
  ) {}

  /** Invokes a function. Fails with LoopBroken when a call of it is not permitted, or when it fails itself. */
  public async invoke(played: PlayedFunction, event: unknown, from: string): Promise<unknown> {
    this.gatekeeper.require(`${from} → ${played.name}`, functionRuns(played.resource, this.deployment), played.resource);
    try {
      const answer = await played.runtime.invoke(event, this.timeline.now());
      if (this.broken !== undefined) throw this.broken;
      this.observe({ type: 'handler', name: played.name, answer: JSON.stringify(answer ?? null) });
      return answer;
    } catch (error) {
      if (this.broken !== undefined) throw this.broken;
      if (error instanceof FunctionError) throw new LoopBroken(`${from} → ${played.name}`, `it failed with ${error.errorType}: ${error.message}`, played.resource);
      throw error;
    }
  }

  /** Ends every process and the server. */
  public async close(): Promise<void> {
    this.functions.stop();
    await this.aws.close();
  }

  /** Refuses a handler's call as AWS would; the first refusal is what broke the loop. */
  private authorize(call: AwsCall): void {
    const { name, role, resource } = this.functions.bySigner(call.principal);
    this.observe({ type: 'call', handler: name, role, call });
    try {
      this.gatekeeper.require(`${name} → ${call.service}`, callApi(role, call, this.deployment), resource);
    } catch (error) {
      if (!(error instanceof LoopBroken)) throw error;
      this.broken ??= error;
      throw new AccessDeniedError(error.reason);
    }
  }
}
