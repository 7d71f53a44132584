import { TemplateResource, where } from '../assembly/stack';
import { BusEvent } from '../aws';
import { targetInput } from '../events/input-transformer';
import { ruleDelivers } from '../iam/implied';
import { LoopBroken } from './loop-broken';
import { deliverMessage } from './queues';
import { matching, nearest, readRules, Rule, RuleTarget } from './rules';
import { Stage } from './stage';

/** EventBridge: carries events to the functions and queues that rules send them to. */
export class Bus {
  public readonly rules: readonly Rule[];
  /** Targets that are neither functions nor queues. */
  public readonly notPlayed: readonly string[];

  constructor(private readonly stage: Stage) {
    this.rules = readRules(stage.deployment);
    this.notPlayed = this.rules.flatMap(({ resource, targets }) =>
      targets.filter(target => !isFunction(target) && this.queue(target) === undefined).map(({ arn }) => `target ${arn} of a rule: ${where(resource)}`));
    stage.aws.eventBridge.onEvent((event) => {
      stage.observe({ type: 'event', source: event.source, detailType: event['detail-type'], subject: (event.detail as { readonly monitor?: string }).monitor ?? '' });
      stage.timeline.after(1000, async () => { await this.send(event); });
    });
  }

  /** Sends an event to every rule that matches; `false` when no rule does. */
  public async send(event: BusEvent): Promise<boolean> {
    const rules = matching(this.rules, event);
    for (const rule of rules) {
      for (const target of rule.targets.filter(isFunction)) await this.deliver(event, rule, target);
      for (const target of rule.targets) await this.queueUp(event, rule, target);
    }
    return rules.length > 0;
  }

  /** Sends an event that a rule has to be waiting for. */
  public async sendExpected(event: BusEvent, arrow: string): Promise<void> {
    if (await this.send(event)) return;
    const [closest] = nearest(this.rules, event);
    const waitsFor = closest === undefined ? 'no rule waits for its source' : `the nearest waits for ${JSON.stringify(closest.pattern)}`;
    throw new LoopBroken(arrow, `no rule matches the event "${event['detail-type']}" of ${event.resources.join(', ')}; ${waitsFor}`, closest?.resource);
  }

  private async deliver(event: BusEvent, rule: Rule, target: RuleTarget): Promise<void> {
    const played = this.stage.functions.byArn(target.arn);
    const arrow = `${rule.resource.logicalId} → ${played.name}`;
    this.stage.gatekeeper.require(arrow, ruleDelivers(rule.resource, played.resource, this.stage.deployment), rule.resource);
    const input = targetInput(target.properties, event, rule.arn);
    await this.stage.invoke(played, input, `"${event['detail-type']}"`);
  }

  private async queueUp(event: BusEvent, rule: Rule, target: RuleTarget): Promise<void> {
    const queue = this.queue(target);
    if (queue === undefined) return;
    this.stage.gatekeeper.require(`${rule.resource.logicalId} → ${queue.logicalId}`, ruleDelivers(rule.resource, queue, this.stage.deployment), rule.resource);
    await deliverMessage(this.stage, queue, JSON.stringify(targetInput(target.properties, event, rule.arn)));
  }

  private queue({ arn }: RuleTarget): TemplateResource | undefined {
    const resource = this.stage.deployment.byArn(arn);
    return resource?.type === 'AWS::SQS::Queue' ? resource : undefined;
  }
}

/**
 * Sends something twice at once, as AWS may. A delivery that failed comes again once the other has ended: that one may have been at the work for
 * longer than this one waited.
 */
export async function sendTwice(send: () => Promise<unknown>): Promise<void> {
  for (const { status } of await Promise.allSettled([send(), send()])) if (status === 'rejected') await send();
}

function isFunction({ arn }: RuleTarget): boolean {
  return arn.includes(':lambda:');
}
