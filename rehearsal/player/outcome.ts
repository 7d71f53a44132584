import { Constraints, ExecutionStatus, Statistics, Violation, Window } from '../../lib/contract';
import { Deployment } from '../assembly/deployment';
import { TemplateResource } from '../assembly/stack';
import { AwsCall, ProcessingJob } from '../aws';
import { RequiredPermission } from '../iam/implied';
import { Decision } from '../iam/permissions';
import { LoopBroken } from './loop-broken';

/** One execution of the rehearsal: of an hour, or of as much as the schedule takes at once. */
export interface HourOutcome {
  readonly window: Window;
  readonly monitor: string;
  /** When its end became known. */
  readonly time: Date;
  /** Records that the endpoint captured in the window. */
  readonly captured: number;
  /** Lines and rows that could not be analysed; rejected.jsonl beside the report has them with their reasons. */
  readonly rejected: number;
  readonly status: ExecutionStatus;
  readonly failureReason?: string;
  readonly violations: readonly Violation[];
  /** Folder of the reports on this machine; absent when there was no job. */
  readonly reports?: string;
}

/** An alarm that went into ALARM. */
export interface AlarmOutcome {
  readonly name: string;
  readonly description: string;
  /** Metric that it watches, or expression; absent where it watches other alarms. */
  readonly metricName?: string;
  readonly reason: string;
  readonly time: Date;
  /** Topics that the alarm was published to. */
  readonly topics: readonly { readonly name: string; readonly subscribers: readonly string[] }[];
}

/** A start of the retraining pipeline. */
export interface PipelineStart {
  readonly pipeline: string;
  readonly time: Date;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What somebody who watches the rehearsal is told, as it happens. */
export type RehearsalEvent
  = | { readonly type: 'baseline'; readonly statistics: Statistics; readonly constraints: Constraints }
    | { readonly type: 'progress'; readonly doing: string }
    /** The next execution begins, by the virtual clock; counted from 1. */
    | { readonly type: 'execution'; readonly number: number; readonly of: number; readonly time: Date }
    /** It begins to run. */
    | { readonly type: 'job'; readonly job: ProcessingJob }
    | { readonly type: 'hour'; readonly hour: HourOutcome; readonly drifted: boolean }
    | { readonly type: 'alarm'; readonly alarm: AlarmOutcome }
    | { readonly type: 'event'; readonly detailType: string; readonly source: string; readonly subject: string }
    | { readonly type: 'handler'; readonly name: string; readonly answer: string }
    | { readonly type: 'call'; readonly handler: string; readonly role: TemplateResource; readonly call: AwsCall }
    /** Each question once, however often it is asked. */
    | { readonly type: 'permission'; readonly permission: RequiredPermission; readonly decision: Decision }
    | { readonly type: 'pipeline'; readonly start: PipelineStart };

/** What came of one day of a scenario. */
export interface DayOutcome {
  readonly what: string;
  /** Metrics whose alarms were raised by what was captured that day. */
  readonly raised: readonly string[];
  /** Those that had to be. */
  readonly expected: readonly string[];
}

/** What came of a rehearsal. */
export interface RehearsalOutcome {
  /** What was played, with the answers of its custom resources. */
  readonly deployment: Deployment;
  readonly broken?: LoopBroken;
  readonly hours: readonly HourOutcome[];
  /** Of a scenario alone. */
  readonly days?: readonly DayOutcome[];
  readonly alarms: readonly AlarmOutcome[];
  readonly pipelineStarts: readonly PipelineStart[];
  /** Hours before any drift was planted in which an alarm fired. */
  readonly calmHours: { readonly played: number; readonly withAlarm: number };
  /** Permission checks. */
  readonly calls: { readonly made: number; readonly allowed: number };
  /** What the template holds and the rehearsal cannot play. */
  readonly notPlayed: readonly string[];
}
