import { AwsCall, Location } from './aws-call';
import { AccessDeniedError, AwsError } from './aws-error';
import { CloudWatch } from './cloud-watch';
import { EventBridge } from './event-bridge';
import { Exchange, Protocol, WireRequest, WireResponse } from './exchange';
import { HttpServer } from './http-server';
import { jsonProtocol } from './json-protocol';
import { S3 } from './s3';
import { s3Protocol } from './s3-protocol';
import { SageMaker } from './sage-maker';

/** How a LocalAws is set up. */
export interface LocalAwsOptions extends Location {
  /** The time that the services live in. */
  readonly clock: () => Date;
  /**
   * Throws AccessDeniedError to refuse a call.
   *
   * @default - every call is allowed
   */
  readonly authorize?: (call: AwsCall) => Promise<void> | void;
}

/** A failure to inject. */
export interface Failure {
  readonly code: string;
  readonly message?: string;
  /** @default 400 */
  readonly status?: number;
  /** @default 1 */
  readonly times?: number;
}

/**
 * The part of AWS that the handlers call, in memory: the real SDK speaks to it over HTTP on 127.0.0.1.
 *
 * Who calls is told by the access key id that signs; signatures are not checked.
 */
export class LocalAws {
  readonly s3: S3;
  readonly sageMaker: SageMaker;
  readonly cloudWatch: CloudWatch;
  readonly eventBridge: EventBridge;
  /** Every call, in order, refused ones included. */
  readonly calls: AwsCall[] = [];

  private readonly failures = new Map<string, AwsError[]>();
  private readonly server = new HttpServer(request => this.answer(request));
  private readonly json: Protocol;
  private readonly rest: Protocol;

  constructor(private readonly options: LocalAwsOptions) {
    const { clock } = options;
    this.s3 = new S3(clock);
    this.sageMaker = new SageMaker(options, clock);
    this.cloudWatch = new CloudWatch(options, clock);
    this.eventBridge = new EventBridge(options, clock);
    this.rest = s3Protocol(this.s3, options);
    this.json = jsonProtocol({
      SageMaker: { name: 'sagemaker', version: '1.1', operations: this.sageMaker.operations },
      AWSEvents: { name: 'events', version: '1.1', operations: this.eventBridge.operations },
      GraniteServiceVersion20100801: { name: 'cloudwatch', version: '1.0', operations: this.cloudWatch.operations },
    });
  }

  /** Starts serving; resolves to the URL for `AWS_ENDPOINT_URL`. */
  listen(): Promise<string> {
    return this.server.listen();
  }

  /** Stops serving. */
  close(): Promise<void> {
    return this.server.close();
  }

  /** Makes the next calls of an action (`cloudwatch:PutMetricData`) fail. */
  failNext(action: string, { code, message = code, status, times = 1 }: Failure): void {
    const queue = this.failures.get(action) ?? [];
    this.failures.set(action, [...queue, ...Array.from({ length: times }, () => new AwsError(code, message, status))]);
  }

  private async answer(request: WireRequest): Promise<WireResponse> {
    const protocol = 'x-amz-target' in request.headers ? this.json : this.rest;
    try {
      const exchange = protocol.read(request);
      await this.admit(exchange, principalOf(request));
      return exchange.run();
    } catch (error) {
      return protocol.refuse(toAwsError(error), request);
    }
  }

  /** Records the call, asks the authorizer, and fails it when a failure is due. */
  private async admit(exchange: Exchange, principal: string): Promise<void> {
    const { service, operation, input } = exchange;
    const calls = exchange.access().map(access => ({ principal, service, operation, input, ...access }));
    for (const call of calls) {
      this.calls.push(call);
      await this.options.authorize?.(call);
    }
    const failure = calls[0] && this.failures.get(calls[0].action)?.shift();
    if (failure) throw failure;
  }
}

function principalOf(request: WireRequest): string {
  const principal = /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1];
  if (principal === undefined) throw new AwsError('MissingAuthenticationToken', 'The request is not signed.', 403);
  return principal;
}

function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof AccessDeniedError) return new AwsError('AccessDeniedException', error.message, 403);
  return new AwsError('InternalFailure', error instanceof Error ? error.stack ?? error.message : String(error), 500);
}
