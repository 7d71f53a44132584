import { createHash, randomUUID } from 'node:crypto';
import { Deployment } from '../assembly/deployment';
import { TemplateResource } from '../assembly/stack';

/** An SQS event, as Lambda's poller hands it to a function. */
export function sqsEvent(deployment: Deployment, queue: TemplateResource, body: string, sent: Date): object {
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
export function pollersOf(deployment: Deployment, queue: TemplateResource): { readonly mapping: TemplateResource; readonly functionName: string }[] {
  const { arn } = deployment.physical(queue);
  return deployment.resources('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const { EventSourceArn, FunctionName, Enabled } = deployment.properties(mapping);
    return EventSourceArn === arn && Enabled !== false ? [{ mapping, functionName: String(FunctionName) }] : [];
  });
}
