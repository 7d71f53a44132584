import { createHash } from 'node:crypto';
import { TemplateResource } from '../assembly/stack';
import { occurrences } from '../events/cron';
import { scheduleDelivers } from '../iam/implied';
import { LoopBroken } from './loop-broken';
import { deliverMessage } from './queues';
import { Stage } from './stage';

const MINUTE = 60_000;

/** A schedule of the template, as EventBridge Scheduler reads it. */
export interface TemplateSchedule {
  readonly resource: TemplateResource;
  readonly expression: string;
  readonly timezone: string;
  readonly targetArn: string;
  readonly roleArn: string;
  readonly input: string;
  /** A call may come so many minutes later. */
  readonly flexibleMinutes: number;
}

interface FlexibleTimeWindow {
  readonly MaximumWindowInMinutes?: number;
}

/** A schedule, a time that its expression names, and when it fires. */
export interface Firing {
  readonly schedule: TemplateSchedule;
  readonly time: Date;
  /** The same, or a moment of the flexible window behind it. */
  readonly moment: Date;
}

/** EventBridge Scheduler: sends each schedule's input at its times. */
export class Schedules {
  public readonly all: readonly TemplateSchedule[];

  constructor(private readonly stage: Stage) {
    this.all = stage.deployment.resources('AWS::Scheduler::Schedule').flatMap((resource) => {
      const { FlexibleTimeWindow, ScheduleExpression, ScheduleExpressionTimezone, State, Target } = stage.deployment.properties(resource);
      if (State === 'DISABLED') return [];
      const { Arn, RoleArn, Input } = Target as Record<string, string>;
      return [{
        resource, expression: String(ScheduleExpression), timezone: (ScheduleExpressionTimezone as string | undefined) ?? 'UTC',
        targetArn: String(Arn), roleArn: String(RoleArn), input: Input ?? '{}',
        flexibleMinutes: (FlexibleTimeWindow as FlexibleTimeWindow).MaximumWindowInMinutes ?? 0,
      }];
    });
  }

  /** The times in a span at which schedules fire. */
  public between(from: Date, to: Date): Firing[] {
    return this.all.flatMap(schedule => occurrences(schedule.expression, from, to, schedule.timezone)
      .map(time => ({ schedule, time, moment: momentOf(schedule, time) })));
  }

  /** Lets schedules fire; `after` is called when one has. */
  public wind(firings: readonly Firing[], after: () => Promise<void>): void {
    for (const { schedule, time, moment } of firings) {
      this.stage.timeline.at(moment, async () => {
        await this.fire(schedule, time);
        await after();
      });
    }
  }

  private async fire(schedule: TemplateSchedule, time: Date): Promise<void> {
    const input = schedule.input
      .replaceAll('<aws.scheduler.scheduled-time>', `${time.toISOString().slice(0, 19)}Z`)
      .replaceAll('<aws.scheduler.schedule-arn>', this.stage.deployment.physical(schedule.resource).arn)
      .replaceAll('<aws.scheduler.execution-id>', `rehearsal-${time.getTime()}`)
      .replaceAll('<aws.scheduler.attempt-number>', '1');
    const target = this.stage.deployment.byArn(schedule.targetArn);
    const arrow = `${schedule.resource.logicalId} → ${target?.logicalId ?? schedule.targetArn}`;
    const permissions = target === undefined ? [] : scheduleDelivers(schedule.resource, target, this.stage.deployment);
    this.stage.gatekeeper.require(arrow, permissions, schedule.resource);
    if (target?.type === 'AWS::SQS::Queue') {
      await deliverMessage(this.stage, target, input);
    } else if (target?.type === 'AWS::Lambda::Function') {
      await this.stage.invoke(this.stage.functions.of(target), JSON.parse(input), schedule.resource.logicalId);
    } else {
      throw new LoopBroken(arrow, 'the schedule\'s target is neither a queue nor a function of the assembly', schedule.resource);
    }
  }
}

/** Somewhere in the flexible window, in every rehearsal at the same moment. */
function momentOf({ flexibleMinutes, resource }: TemplateSchedule, time: Date): Date {
  const chance = createHash('sha256').update(`${resource.logicalId} ${time.toISOString()}`).digest().readUInt32BE();
  return new Date(time.getTime() + chance % (flexibleMinutes + 1) * MINUTE);
}
