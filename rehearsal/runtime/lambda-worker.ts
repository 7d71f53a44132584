import { HandlerLocation, Invocation, InvocationResult } from './protocol';

type Handler = (event: unknown, context: object) => unknown;

/** The inside of a function's process: loads the handler once and answers invocations, several at a time. */
const location = JSON.parse(process.argv[2] ?? '{}') as HandlerLocation;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle's path is known only now
const handler = (require(location.file) as Record<string, Handler>)[location.exportName];

/** How far the handler's time is ahead of the machine's. */
let ahead = 0;
const machineTime = Date.now;
globalThis.Date = new Proxy(Date, {
  construct: (target, parameters: [] | [number]) => parameters.length === 0 ? new target(target.now()) : new target(...parameters),
});
Date.now = () => machineTime() + ahead;

process.on('message', (invocation: Invocation) => {
  if (invocation.now !== undefined) ahead = invocation.now - machineTime();
  void invoke(invocation).then((answer) => {
    // What was logged is on its way before the answer is.
    process.stdout.write('', () => process.stderr.write('', () => process.send?.(answer)));
  });
});

async function invoke({ id, event, requestId }: Invocation): Promise<InvocationResult> {
  try {
    if (handler === undefined) throw new TypeError(`${location.file} exports no ${location.exportName}`);
    return { id, result: await handler(event, context(requestId)) };
  } catch (error) {
    const { name, message } = error as Error;
    return { id, error: { name, message } };
  }
}

function context(requestId: string): object {
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? '';
  return {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env.REHEARSAL_FUNCTION_ARN ?? '',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128',
    getRemainingTimeInMillis: () => 60_000,
  };
}
