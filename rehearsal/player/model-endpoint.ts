import { parseS3Uri } from '../../lib/contract';
import { regionalArn } from '../assembly/physical';
import { TemplateResource } from '../assembly/stack';
import { WireRequest, WireResponse } from '../aws/exchange';
import { HttpServer } from '../aws/http-server';
import { invokeEndpoint } from '../iam/implied';
import { captureFile, captureRecord, Captured, inferenceTime, uuid } from '../traffic/capture-file';
import { LocalModel } from '../traffic/local-model';
import { LoopBroken } from './loop-broken';
import { Stage } from './stage';

/** Who asks. */
interface Caller {
  readonly role: TemplateResource;
  readonly arrow: string;
  /** Lines of capture by endpoint. */
  readonly captured: Map<string, string[]>;
  /** The endpoint that it asks in place of the one that it names. */
  readonly copyName?: string;
  refusal?: LoopBroken;
}

/**
 * SageMaker's runtime, as a job sees it: a call needs the permission of the job's role, a model of this machine answers it, and the endpoint captures
 * it as any other call.
 */
export class ModelEndpoint {
  private readonly server = new HttpServer(request => this.answer(request));
  private readonly callers = new Map<string, Caller>();
  private readonly captures = new Map<string, Captured>();
  private readonly copies = new Map<string, string>();
  private url?: string;

  /** @param model what answers; nothing can be asked without */
  constructor(private readonly stage: Stage, public readonly model: LocalModel | undefined) {}

  /** Captures the calls of an endpoint from now on. */
  public capture(captured: Captured): void {
    if (captured.endpointName !== undefined) this.captures.set(captured.endpointName, captured);
  }

  /** Has a job ask a copy of the endpoint, which captures nothing; `key` as below. */
  public copyFor(key: string, copyName: string): void {
    this.copies.set(key, copyName);
  }

  /** Environment of a job that may want to ask; `key` tells its calls from those of other jobs. */
  public async environmentFor(key: string, role: TemplateResource): Promise<Record<string, string>> {
    this.url ??= await this.server.listen();
    this.callers.set(key, { role, arrow: `Processing job ${key} → endpoint`, captured: new Map(), copyName: this.copies.get(key) });
    return {
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: this.url, AWS_REGION: role.stack.environment.region, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'rehearsal',
    };
  }

  /** Delivers what the endpoint captured of a job's calls; fails with LoopBroken when one was refused. */
  public end(key: string): void {
    const caller = this.callers.get(key);
    this.callers.delete(key);
    if (caller?.refusal !== undefined) throw caller.refusal;
    for (const [endpointName, lines] of caller?.captured ?? []) {
      const captured = this.captures.get(endpointName);
      if (captured === undefined) continue;
      const { uri, body } = captureFile(captured, this.stage.timeline.now().getTime(), lines);
      const { bucket, key: object } = parseS3Uri(uri);
      this.stage.aws.s3.put(bucket, object, body);
    }
  }

  /** Stops serving. */
  public async close(): Promise<void> {
    if (this.url !== undefined) await this.server.close();
  }

  private async answer(request: WireRequest): Promise<WireResponse> {
    const caller = this.callers.get(/Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (caller === undefined) return refused('no job signs with this key');
    try {
      return await this.invoke(request, caller);
    } catch (error) {
      caller.refusal ??= error instanceof LoopBroken ? error : new LoopBroken(caller.arrow, (error as Error).message);
      return refused(caller.refusal.reason);
    }
  }

  private async invoke({ body, headers, path }: WireRequest, { role, arrow, captured, copyName }: Caller): Promise<WireResponse> {
    const endpointName = decodeURIComponent(/^\/endpoints\/([^/]+)\/invocations$/.exec(path)?.[1] ?? '');
    const { deployment, gatekeeper, timeline } = this.stage;
    const endpoint = deployment.byName('AWS::SageMaker::Endpoint', endpointName);
    if (endpoint === undefined) throw new LoopBroken(arrow, `the assembly has no endpoint ${endpointName}`);
    const arn = copyName === undefined ? deployment.physical(endpoint).arn : regionalArn(role.stack.environment, 'sagemaker', `endpoint/${copyName}`);
    gatekeeper.require(arrow, invokeEndpoint(role, arn), role);
    if (this.model === undefined) throw new LoopBroken(arrow, 'the job asks the model, and none serves: run its container and give --invocations URL');

    const input = body.toString();
    const { status, type, body: output } = await this.model.invoke(input, { 'content-type': headers['content-type'] ?? '', 'accept': headers.accept ?? '' });
    if (status !== 200) throw new LoopBroken(arrow, `the model answered ${status}: ${output}`);
    const settings = copyName === undefined ? this.captures.get(endpointName)?.settings : undefined;
    if (settings !== undefined) {
      const lines = captured.get(endpointName) ?? [];
      const time = timeline.now().getTime();
      const inferenceId = headers['x-amzn-sagemaker-inference-id'];
      const metadata = { eventId: uuid(`call ${time} ${lines.length} ${inferenceId ?? ''}`), ...inferenceId !== undefined && { inferenceId }, inferenceTime: inferenceTime(time) };
      captured.set(endpointName, [...lines, JSON.stringify(captureRecord(settings, { input, output }, metadata))]);
    }
    return { status, headers: { 'content-type': type }, body: output };
  }
}

function refused(reason: string): WireResponse {
  return {
    status: 403, headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' }, body: JSON.stringify({ message: reason }),
  };
}
