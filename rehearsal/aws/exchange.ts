import { Access, ServiceName } from './aws-call';
import { AwsError } from './aws-error';

/** A request as it came over the wire, its body decoded. */
export interface WireRequest {
  readonly method: string;
  /** Path as it was sent, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer to send. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** A request understood: what it wants, and how it is done. */
export interface Exchange {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  access(): Access[];
  run(): WireResponse;
}

/** A way to speak to services. */
export interface Protocol {
  /** Understands a request, or throws an AwsError. */
  read(request: WireRequest): Exchange;
  /** Tells a failure. */
  refuse(error: AwsError, request: WireRequest): WireResponse;
}
