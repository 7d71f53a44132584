import { where } from '../assembly/stack';
import { ActionsSuppression, AlarmTransition, alarmStateChange, isComposite, isMetricAlarm, MetricAlarm, watchedBy } from '../aws';
import { alarmNotifies } from '../iam/implied';
import { requireKnownChildren } from './alarm-checks';
import { readAlarms, TemplateAlarm, watchesMetrics, watchesSilence } from './alarms';
import { Bus } from './bus';
import { LoopBroken } from './loop-broken';
import { AlarmOutcome } from './outcome';
import { Stage } from './stage';

/** CloudWatch's alarms: evaluated, notified, and sent to EventBridge when they change. */
export class AlarmWatch {
  public readonly alarms: readonly TemplateAlarm[];
  public readonly notPlayed: readonly string[];
  public readonly fired: AlarmOutcome[] = [];
  private readonly suppressions = new Map<string, ActionsSuppression>();

  /** @param skipsHours whether hours are skipped, whose silence would say nothing */
  constructor(private readonly stage: Stage, private readonly bus: Bus, skipsHours = false) {
    const { alarms, notPlayed } = readAlarms(stage.deployment);
    const unheard = alarms.filter(alarm => skipsHours && watchesSilence(alarm));
    this.alarms = alarms.filter(alarm => !unheard.includes(alarm));
    this.notPlayed = [...notPlayed, ...unheard.map(({ resource }) => `alarm on silence, where hours are skipped: ${where(resource)}`)];
    for (const { alarm } of this.alarms) {
      stage.aws.cloudWatch.putAlarm(alarm);
      if (isComposite(alarm) && alarm.suppressor !== undefined) this.suppressions.set(alarm.name, new ActionsSuppression(alarm.suppressor));
    }
  }

  /** Those that watch metrics themselves. */
  public get ofMetrics(): readonly TemplateAlarm<MetricAlarm>[] {
    return this.alarms.filter(watchesMetrics);
  }

  /** Who waits for an alarm, a rule or another alarm, has to wait for one that exists. */
  public requireKnownAlarms(): void {
    const { deployment } = this.stage;
    const existing = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
      .flatMap(type => deployment.resources(type)).map(resource => deployment.physical(resource));
    requireKnownChildren(this.alarms, new Set(existing.map(({ name }) => name)));
    const arns = new Set(existing.map(({ arn }) => arn));
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

  /** Evaluates every alarm now; those that changed notify, unless they are suppressed, and send their events. */
  public async evaluate(): Promise<void> {
    const { aws: { cloudWatch }, timeline } = this.stage;
    const transitions = cloudWatch.evaluate();
    for (const alarm of this.alarms) {
      const transition = transitions.find(({ alarm: { name } }) => name === alarm.alarm.name);
      const suppression = this.suppressions.get(alarm.alarm.name);
      const acting = suppression === undefined || !isComposite(alarm.alarm)
        ? transition
        : suppression.release(transition, cloudWatch.stateOf(alarm.alarm.suppressor?.alarmName ?? ''), timeline.now());
      if (acting?.state === 'ALARM') this.act(alarm, acting);
      if (transition !== undefined) await this.send(alarm, transition);
    }
  }

  private act(alarm: TemplateAlarm, { reason, time }: AlarmTransition): void {
    const outcome: AlarmOutcome = {
      name: alarm.alarm.name,
      description: alarm.description,
      ...isMetricAlarm(alarm.alarm) && { metricName: watchedBy(alarm.alarm) },
      reason,
      time,
      topics: alarm.actions.map(arn => this.notify(alarm, arn)),
    };
    this.fired.push(outcome);
    this.stage.observe({ type: 'alarm', alarm: outcome });
  }

  private async send(alarm: TemplateAlarm, transition: AlarmTransition): Promise<void> {
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
