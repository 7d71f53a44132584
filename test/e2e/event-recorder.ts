import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { EmulatorProcess } from './emulator-process';

/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'resources': readonly string[];
  readonly 'detail': Readonly<Record<string, unknown>>;
}

/** Listens to the default bus, with a rule and a queue of its own. */
export class EventRecorder {
  /** Begins to listen. */
  public static async listen({ client }: EmulatorProcess): Promise<EventRecorder> {
    const sqs = new SQSClient(client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'recorded-events' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const eventBridge = new EventBridgeClient(client);
    await eventBridge.send(new PutRuleCommand({ Name: 'record', EventPattern: JSON.stringify({ source: [{ exists: true }] }) }));
    await eventBridge.send(new PutTargetsCommand({ Rule: 'record', Targets: [{ Id: 'queue', Arn: Attributes?.QueueArn ?? '' }] }));
    return new EventRecorder(sqs, QueueUrl ?? '');
  }

  private constructor(private readonly sqs: SQSClient, private readonly queueUrl: string) {}

  /** What was sent since it was last asked. */
  public async take(): Promise<BusEvent[]> {
    const events: BusEvent[] = [];
    for (;;) {
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return events;
      events.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as BusEvent));
      await this.sqs.send(new DeleteMessageBatchCommand({
        QueueUrl: this.queueUrl,
        Entries: Messages.map(({ ReceiptHandle = '' }, index) => ({ Id: String(index), ReceiptHandle })),
      }));
    }
  }
}
