import { createHash, randomUUID } from 'node:crypto';
import { Deployment } from '../assembly/deployment';
import { TemplateResource } from '../assembly/stack';
import { functionPolls } from '../iam/implied';
import { LoopBroken } from './loop-broken';
import { Stage } from './stage';

/** What a function answers to a batch of messages: those that it gives back. */
interface BatchAnswer {
  readonly batchItemFailures?: readonly unknown[];
}

/** Lambda polls a queue and hands the message to the function; fails with LoopBroken when the function gives it back. */
export async function deliverMessage(stage: Stage, queue: TemplateResource, body: string): Promise<void> {
  const { deployment, functions } = stage;
  const pollers = pollersOf(deployment, queue);
  if (pollers.length === 0) throw new LoopBroken(`${queue.logicalId} → function`, 'no event source mapping polls the queue', queue);
  for (const { functionName } of pollers) {
    const resource = deployment.byName('AWS::Lambda::Function', functionName) ?? functions.byArn(functionName).resource;
    const played = functions.of(resource);
    const arrow = `${queue.logicalId} → ${played.name}`;
    stage.gatekeeper.require(arrow, functionPolls(resource, queue, deployment), queue);
    const answer = await stage.invoke(played, sqsEvent(deployment, queue, body, stage.timeline.now()), queue.logicalId) as BatchAnswer | undefined;
    if ((answer?.batchItemFailures?.length ?? 0) > 0) {
      throw new LoopBroken(arrow, `it gave the message back: ${lastError(played.runtime.logged)}`, played.resource);
    }
  }
}

/** An SQS event, as Lambda's poller hands it to a function. */
function sqsEvent(deployment: Deployment, queue: TemplateResource, body: string, sent: Date): object {
  return {
    Records: [{
      messageId: randomUUID(),
      receiptHandle: 'rehearsal',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(sent.getTime()),
        SenderId: 'scheduler',
        ApproximateFirstReceiveTimestamp: String(sent.getTime()),
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update(body).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: deployment.physical(queue).arn,
      awsRegion: queue.stack.environment.region,
    }],
  };
}

/** The enabled event source mappings that poll a queue. */
function pollersOf(deployment: Deployment, queue: TemplateResource): { readonly mapping: TemplateResource; readonly functionName: string }[] {
  const { arn } = deployment.physical(queue);
  return deployment.resources('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const { EventSourceArn, FunctionName, Enabled } = deployment.properties(mapping);
    return EventSourceArn === arn && Enabled !== false ? [{ mapping, functionName: String(FunctionName) }] : [];
  });
}

/** The message of the newest error that a function logged. */
function lastError(log: string): string {
  const line = log.trim().split('\n').reverse().find(text => text.includes('"ERROR"')) ?? 'it logged no error';
  try {
    const { message, error } = JSON.parse(line) as { message?: string; error?: { message?: string } };
    return error?.message ?? message ?? line;
  } catch {
    return line;
  }
}
