import { AlarmTransition, alarmStateChange } from '../aws';
import { alarmNotifies } from '../iam/implied';
import { readAlarms, TemplateAlarm } from './alarms';
import { Bus } from './bus';
import { LoopBroken } from './loop-broken';
import { AlarmOutcome } from './outcome';
import { Stage } from './stage';

/** CloudWatch's alarms: evaluated, notified, and sent to EventBridge when they change. */
export class AlarmWatch {
  public readonly alarms: readonly TemplateAlarm[];
  public readonly notPlayed: readonly string[];
  public readonly fired: AlarmOutcome[] = [];

  constructor(private readonly stage: Stage, private readonly bus: Bus) {
    const { alarms, notPlayed } = readAlarms(stage.deployment);
    this.alarms = alarms;
    this.notPlayed = notPlayed;
    for (const { alarm } of alarms) stage.aws.cloudWatch.putAlarm(alarm);
  }

  /** A rule that waits for an alarm has to wait for one that exists. */
  public requireKnownAlarms(): void {
    const arns = new Set(this.stage.deployment.resources().filter(({ type }) => type.startsWith('AWS::CloudWatch::')).map(resource => this.stage.deployment.physical(resource).arn));
    for (const { pattern, resource } of this.bus.rules) {
      if (![pattern.source ?? []].flat().includes('aws.cloudwatch')) continue;
      const unknown = [pattern.resources ?? []].flat().find((arn): arn is string => typeof arn === 'string' && !arns.has(arn));
      if (unknown !== undefined) throw new LoopBroken(`alarm → ${resource.logicalId}`, `the rule waits for an alarm that does not exist: ${unknown}`, resource);
    }
  }

  /** Alarms that a rule waits for: those that are to start something, and not only to tell somebody. */
  public awaited(): AlarmOutcome[] {
    const awaited = new Set(this.alarms.filter(alarm => this.isAwaited(alarm)).map(({ alarm }) => alarm.name));
    return this.fired.filter(({ name }) => awaited.has(name));
  }

  private isAwaited({ resource }: TemplateAlarm): boolean {
    const { arn } = this.stage.deployment.physical(resource);
    return this.bus.rules.some(({ pattern }) => [pattern.resources ?? []].flat().includes(arn));
  }

  /** Evaluates every alarm now; those that changed notify and send their events. */
  public async evaluate(): Promise<void> {
    for (const transition of this.stage.aws.cloudWatch.evaluate()) {
      const alarm = this.alarms.find(candidate => candidate.alarm.name === transition.alarm.name);
      if (alarm !== undefined) await this.change(alarm, transition);
    }
  }

  private async change(alarm: TemplateAlarm, transition: AlarmTransition): Promise<void> {
    if (transition.state === 'ALARM') {
      const outcome: AlarmOutcome = {
        name: alarm.alarm.name,
        description: alarm.description,
        metricName: alarm.alarm.metricName,
        reason: transition.reason,
        time: transition.time,
        topics: alarm.actions.map(arn => this.notify(alarm, arn)),
      };
      this.fired.push(outcome);
      this.stage.observe({ type: 'alarm', alarm: outcome });
    }
    const event = alarmStateChange(alarm.resource.stack.environment, transition);
    if (transition.state === 'ALARM' && this.isAwaited(alarm)) await this.bus.sendExpected(event, 'alarm → trigger-retraining');
    else await this.bus.send(event);
  }

  private notify(alarm: TemplateAlarm, topicArn: string): AlarmOutcome['topics'][number] {
    const topic = this.stage.deployment.byArn(topicArn);
    const arrow = `${alarm.alarm.name} → SNS`;
    if (topic === undefined) throw new LoopBroken(arrow, `the alarm notifies something outside of the assembly: ${topicArn}`, alarm.resource);
    this.stage.gatekeeper.require(arrow, alarmNotifies(alarm.resource, topic, this.stage.deployment), topic);
    const subscribers = this.stage.deployment.resources('AWS::SNS::Subscription')
      .map(subscription => this.stage.deployment.properties(subscription))
      .filter(({ TopicArn }) => TopicArn === topicArn)
      .map(({ Endpoint }) => String(Endpoint));
    return { name: topic.logicalId, subscribers };
  }
}
