import { ServiceName } from './aws-call';
import { AwsError } from './aws-error';
import { Exchange, Protocol, WireRequest, WireResponse } from './exchange';
import { Operation } from './operation';

/** A service that speaks AWS JSON, under the prefix of its `X-Amz-Target`. */
export interface JsonService {
  readonly name: ServiceName;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
}

/** The AWS JSON protocols. */
export function jsonProtocol(services: Readonly<Record<string, JsonService>>): Protocol {
  return { read: request => jsonExchange(request, services), refuse: jsonError };
}

function jsonExchange(request: WireRequest, services: Readonly<Record<string, JsonService>>): Exchange {
  const [target = '', name = ''] = (request.headers['x-amz-target'] ?? '').split('.');
  const service = services[target];
  const operation = service?.operations[name];
  if (!service || !operation) throw new AwsError('UnknownOperationException', `${target}.${name} is not played here`);
  const input = JSON.parse(request.body.toString() || '{}') as Record<string, unknown>;
  return {
    service: service.name,
    operation: name,
    input,
    access: () => operation.access(input),
    run: () => ({
      status: 200,
      headers: { 'content-type': `application/x-amz-json-${service.version}` },
      body: JSON.stringify(operation.run(input)),
    }),
  };
}

function jsonError(error: AwsError): WireResponse {
  return {
    status: error.status,
    // The second header is how services that once spoke the query protocol tell their older codes.
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
      'x-amzn-query-error': `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`,
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}
