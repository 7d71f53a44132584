import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import {
  ConflictException, PipelineExecutionSummary, SageMakerClient, StartPipelineExecutionCommand, paginateListPipelineExecutions,
} from '@aws-sdk/client-sagemaker';
import { AlarmEvidence, ExecutionResult, RetrainingPlan, RetrainingRequest } from '../../lib/contract';
import { parse, parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { executionResultSchema } from '../shared/schemas';
import { pipelineStart } from './evidence';
import { BUDGET_DAYS, refusal } from './limits';
import { retrainingRequestSchema } from './request';

/** Whether a pipeline was started, and why not. */
export type RetrainingDecision = { readonly started: true; readonly executionArn: string } | { readonly started: false; readonly reason: string };

const DAY = 86_400_000;
/** DescribeAlarms takes no more. */
const NAMES_PER_CALL = 100;

const logger = new Logger({ serviceName: 'trigger-retraining' });
const files = new S3Files(new S3Client({}));
const sageMaker = new SageMakerClient({});
const cloudWatch = new CloudWatchClient({});

/** Starts the training pipeline when an alarm is raised, at most once for each execution that found drift. */
export async function handler(event: unknown): Promise<RetrainingDecision> {
  const request = parse(retrainingRequestSchema, event, 'the retraining request');
  const decision = await decide(request);
  logger.info(decision.started ? 'pipeline started' : 'pipeline not started', { pipeline: request.plan.pipelineName, ...decision });
  return decision;
}

/** Where alarms of several monitors are raised, the first whose execution may start the pipeline does. */
async function decide(request: RetrainingRequest): Promise<RetrainingDecision> {
  const { plan, alarm, recheckTime } = request;
  const now = new Date(alarm?.time ?? recheckTime ?? NaN);
  let decision: RetrainingDecision = { started: false, reason: 'no alarm is raised' };
  for (const { latestUri } of await raisedEvidence(request)) {
    decision = await decideOn(plan, latestUri, now);
    if (decision.started) break;
  }
  return decision;
}

async function decideOn(plan: RetrainingPlan, latestUri: string, now: Date): Promise<RetrainingDecision> {
  const latest = await files.find(latestUri);
  if (!latest) return { started: false, reason: `${latestUri} does not exist: no execution has completed yet` };
  const result = parseJson(executionResultSchema, latest.text, latestUri);
  const reason = refusal(plan.limits, await earlierExecutions(plan.pipelineName, now), result.execution, now);
  return reason === undefined ? start(plan, result) : { started: false, reason };
}

/** The evidence of the alarms that are raised. */
async function raisedEvidence({ plan, alarm }: RetrainingRequest): Promise<readonly AlarmEvidence[]> {
  const raised = alarm ? raisedBy(alarm.detail) : await raisedNow(plan.evidence.flatMap(({ alarmNames }) => alarmNames));
  return plan.evidence.filter(({ alarmNames }) => alarmNames.some(name => raised.includes(name)));
}

function raisedBy({ alarmName, state }: NonNullable<RetrainingRequest['alarm']>['detail']): string[] {
  return state.value === 'ALARM' ? [alarmName] : [];
}

/** Composite alarms are described only to those who may describe every alarm of the account: they are not looked at. */
async function raisedNow(names: readonly string[]): Promise<string[]> {
  const raised: string[] = [];
  for (let first = 0; first < names.length; first += NAMES_PER_CALL) {
    const input = { AlarmNames: names.slice(first, first + NAMES_PER_CALL), StateValue: 'ALARM' } as const;
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client: cloudWatch }, input)) {
      raised.push(...MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []));
    }
  }
  return raised;
}

async function earlierExecutions(PipelineName: string, now: Date): Promise<PipelineExecutionSummary[]> {
  const CreatedAfter = new Date(now.getTime() - BUDGET_DAYS * DAY);
  const executions: PipelineExecutionSummary[] = [];
  const newestFirst = { PipelineName, CreatedAfter, SortBy: 'CreationTime', SortOrder: 'Descending' } as const;
  for await (const page of paginateListPipelineExecutions({ client: sageMaker, pageSize: 100 }, newestFirst)) {
    executions.push(...page.PipelineExecutionSummaries ?? []);
  }
  return executions;
}

async function start(plan: RetrainingPlan, result: ExecutionResult): Promise<RetrainingDecision> {
  try {
    const { PipelineExecutionArn } = await sageMaker.send(new StartPipelineExecutionCommand(pipelineStart(plan, result)));
    return { started: true, executionArn: PipelineExecutionArn ?? '' };
  } catch (error) {
    if (error instanceof ConflictException) return { started: false, reason: `already started for ${result.execution}` };
    throw error;
  }
}
