import { ServiceName } from './aws-call';
import { AwsError } from './aws-error';
import { Exchange, WireRequest, WireResponse } from './exchange';
import { Operation } from './operation';

/** A service that speaks AWS JSON, under the prefix of its `X-Amz-Target`. */
export interface JsonService {
  readonly name: ServiceName;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Reads a request of the AWS JSON protocols. */
export function jsonExchange(request: WireRequest, services: Readonly<Record<string, JsonService>>): Exchange {
  const [target = '', name = ''] = (request.headers['x-amz-target'] ?? '').split('.');
  const service = services[target];
  const operation = service?.operations[name];
  if (!service || !operation) throw new AwsError('UnknownOperationException', `${target}.${name} is not played here`);
  const input = JSON.parse(request.body.toString() || '{}') as Record<string, unknown>;
  const headers = { 'content-type': `application/x-amz-json-${service.version}` };
  return {
    service: service.name,
    operation: name,
    input,
    access: () => operation.access(input),
    run: () => ({ status: 200, headers, body: JSON.stringify(operation.run(input)) }),
    refuse: error => jsonError(error, headers),
  };
}

function jsonError(error: AwsError, headers: Record<string, string>): WireResponse {
  return {
    status: error.status,
    // The second header is how services that once spoke the query protocol tell their older codes.
    headers: { ...headers, 'x-amzn-errortype': error.code, 'x-amzn-query-error': `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}` },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}
