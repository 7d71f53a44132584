import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { EvidenceParameters, RetrainingPlan, RetrainingRequest } from '../contract';
import { DriftAlarm, MonitoringSchedule } from '../monitoring';
import { LatestResult } from '../monitoring/private/latest-result';
import { longestAlarmName } from '../private/alarm-name';
import { grant } from '../private/grants';
import { HandlerFunction } from '../private/handler-function';
import { ScheduledCall } from '../private/scheduled-call';
import { Problems } from '../private/validation';
import { PipelineStarter } from './private/pipeline-starter';

/** Properties of a RetrainTrigger. */
export interface RetrainTriggerProps {
  /** The pipeline that trains the model again, in the same account and region: a TrainingPipeline, or a CfnPipeline of yours. */
  readonly pipeline: sagemaker.IPipelineRef;
  /**
   * The schedule at whose cadence is looked again. A DriftAlarm has its own monitor's newest result as evidence, every other alarm that of this
   * schedule.
   */
  readonly schedule: MonitoringSchedule;
  /** Alarms of which each starts the pipeline. */
  readonly alarms: cloudwatch.IAlarm[];
  /**
   * Time after a start in which no other follows.
   *
   * @default Duration.hours(24)
   */
  readonly cooldown?: Duration;
  /**
   * Most starts in 30 days.
   *
   * @default 10
   */
  readonly maximumPer30Days?: number;
  /**
   * Pipeline parameters that are passed as they are.
   *
   * @default - ModelApprovalStatus is PendingManualApproval
   */
  readonly parameters?: { [name: string]: string };
  /**
   * Names of the pipeline's parameters that take the evidence.
   *
   * @default - the evidence goes into the execution's description only
   */
  readonly evidenceParameters?: EvidenceParameters;
  /**
   * Key that encrypts queues and logs.
   *
   * @default - keys that AWS manages
   */
  readonly encryptionKey?: kms.IKey;
}

/** What some alarms are evidence of. */
interface Evidence {
  readonly latest: LatestResult;
  readonly alarms: readonly cloudwatch.IAlarm[];
}

/** Characters of an event pattern, and of what a rule hands to its target. */
const LONGEST_PATTERN = 2048;
const LONGEST_INPUT = 8192;
/** Those of a pattern, an alarm's ARN and an input besides the alarms' names. */
const PATTERN_LENGTH = 160;
const ARN_LENGTH = 64;
const INPUT_LENGTH = 2048;
/** Half an hour after an execution has started on time, its metrics are there. */
const RECHECK_MINUTE = 40;

/**
 * Starts a pipeline when an alarm is raised, at most once per execution that found drift, and looks again at the cadence of the schedule,
 * since an alarm that stays raised sends no second event. Not while the pipeline runs, in the cooldown, or over the budget.
 *
 * @throws ValidationError when there is no alarm, or a limit is out of its bounds.
 */
export class RetrainTrigger extends Construct {
  constructor(scope: Construct, id: string, private readonly props: RetrainTriggerProps) {
    super(scope, id);
    this.check();
    const { alarms, encryptionKey } = props;
    const starter = PipelineStarter.of(this, encryptionKey);
    this.grantHandler(starter.handler);
    for (const [index, together] of inPatterns(alarms).entries()) this.listen(`Raised${index}`, together, starter);
    this.recheck(starter);
  }

  private listen(id: string, alarms: cloudwatch.IAlarm[], starter: PipelineStarter): void {
    const request: RetrainingRequest = {
      plan: this.plan(),
      alarm: {
        time: events.EventField.time,
        detail: {
          alarmName: events.EventField.fromPath('$.detail.alarmName'),
          state: { value: events.EventField.fromPath('$.detail.state.value') },
        },
      },
    };
    new events.Rule(this, id, {
      description: 'A drift alarm was raised',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        resources: alarms.map(alarm => alarm.alarmArn),
        detail: { state: { value: ['ALARM'] } },
      },
      targets: [starter.target(request)],
    });
  }

  private recheck({ handler, deadLetterQueue }: PipelineStarter): void {
    const request: RetrainingRequest = { plan: this.plan(), recheckTime: '<aws.scheduler.scheduled-time>' };
    const { cadence } = this.props.schedule;
    new ScheduledCall(this, 'Recheck', {
      expression: cadence._expression(RECHECK_MINUTE + (cadence.jitter?.toMinutes() ?? 0)),
      description: 'Looks again whether a drift alarm is still raised',
      targetArn: handler.function.functionArn,
      input: Stack.of(this).toJsonString(request),
      deadLetterQueue,
    }).grantInvoke(handler.function);
  }

  private plan(): RetrainingPlan {
    const { cooldown, evidenceParameters, maximumPer30Days, parameters, pipeline } = this.props;
    return {
      pipelineName: pipeline.pipelineRef.pipelineName,
      evidence: this.evidence().map(({ alarms, latest }) => ({ latestUri: latest.uri, alarmNames: alarms.map(alarm => alarm.alarmName) })),
      limits: { cooldownSeconds: (cooldown ?? Duration.hours(24)).toSeconds(), maximumPer30Days: maximumPer30Days ?? 10 },
      parameters: parameters ?? { ModelApprovalStatus: 'PendingManualApproval' },
      evidenceParameters: evidenceParameters ?? {},
    };
  }

  /** A drift alarm has the result of its own monitor; that of the schedule stands for every other. */
  private evidence(): Evidence[] {
    const { alarms, schedule } = this.props;
    const found = new Map<string, Evidence>();
    for (const alarm of alarms) {
      const { _evidence: latest = schedule._latest() } = alarm as Partial<DriftAlarm>;
      found.set(latest.uri, { latest, alarms: [...found.get(latest.uri)?.alarms ?? [], alarm] });
    }
    return [...found.values()];
  }

  private grantHandler(handler: HandlerFunction): void {
    const { pipelineRef: { pipelineName } } = this.props.pipeline;
    const pipelineArn = Stack.of(this).formatArn({ service: 'sagemaker', resource: 'pipeline', resourceName: pipelineName });
    for (const { latest } of this.evidence()) latest.grantRead(handler);
    grant(handler, {
      actions: ['cloudwatch:DescribeAlarms'],
      resourceArns: [Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      reason: 'CloudWatch authorizes DescribeAlarms on all alarms of the account, whichever names are asked for',
    });
    grant(handler, { actions: ['sagemaker:ListPipelineExecutions', 'sagemaker:StartPipelineExecution'], resourceArns: [pipelineArn] });
  }

  private check(): void {
    const { alarms, cooldown, maximumPer30Days = 10 } = this.props;
    const problems = new Problems(this);
    problems.require(alarms.length > 0, 'alarms is empty: nothing would ever start the pipeline; give at least one, such as a DriftAlarm');
    const length = INPUT_LENGTH + alarms.reduce((sum, alarm) => sum + longestAlarmName(alarm).length + 3, 0);
    problems.require(length <= LONGEST_INPUT, `${alarms.length} alarms make an event of up to ${length} characters, at most ${LONGEST_INPUT} are allowed: `
    + 'give some to another RetrainTrigger of the same pipeline, which starts it once all the same');
    problems.require(cooldown === undefined || cooldown.toSeconds() <= Duration.days(30).toSeconds(),
      `cooldown must be at most 30 days, got ${cooldown?.toHumanString()}`);
    problems.require(Number.isInteger(maximumPer30Days) && maximumPer30Days > 0, `maximumPer30Days must be a whole number above 0, got ${maximumPer30Days}`);
    problems.throwIfAny();
  }
}

/** As many alarms to a rule as its pattern takes. */
function inPatterns(alarms: readonly cloudwatch.IAlarm[]): cloudwatch.IAlarm[][] {
  const patterns: cloudwatch.IAlarm[][] = [];
  let length = LONGEST_PATTERN;
  for (const alarm of alarms) {
    const added = ARN_LENGTH + longestAlarmName(alarm).length;
    if (length + added > LONGEST_PATTERN) {
      patterns.push([]);
      length = PATTERN_LENGTH;
    }
    patterns.at(-1)?.push(alarm);
    length += added;
  }
  return patterns;
}
