import { Logger } from '@aws-lambda-powertools/logger';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import {
  ConflictException, PipelineExecutionSummary, SageMakerClient, StartPipelineExecutionCommand, paginateListPipelineExecutions,
} from '@aws-sdk/client-sagemaker';
import { ExecutionResult, RetrainingPlan, RetrainingRequest } from '../../lib/contract';
import { parse, parseJson } from '../shared/parse';
import { S3Files } from '../shared/s3-files';
import { executionResultSchema } from '../shared/schemas';
import { pipelineStart } from './evidence';
import { BUDGET_DAYS, refusal } from './limits';
import { retrainingRequestSchema } from './request';

/** Whether a pipeline was started, and why not. */
export type RetrainingDecision = { readonly started: true; readonly executionArn: string } | { readonly started: false; readonly reason: string };

const DAY = 86_400_000;

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

async function decide(request: RetrainingRequest): Promise<RetrainingDecision> {
  const { plan, alarm, recheckTime } = request;
  const now = new Date(alarm?.time ?? recheckTime ?? NaN);
  if (!await isAlarmRaised(request)) return { started: false, reason: 'no alarm is raised' };
  const latest = await files.find(plan.latestUri);
  if (!latest) return { started: false, reason: `${plan.latestUri} does not exist: no execution has completed yet` };
  const result = parseJson(executionResultSchema, latest.text, plan.latestUri);
  const reason = refusal(plan.limits, await earlierExecutions(plan.pipelineName, now), result.execution, now);
  return reason === undefined ? start(plan, result) : { started: false, reason };
}

async function isAlarmRaised({ plan, alarm }: RetrainingRequest): Promise<boolean> {
  if (alarm) return alarm.detail.state.value === 'ALARM';
  // Composite alarms are described only to those who may describe every alarm of the account: they are not looked at.
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client: cloudWatch }, { AlarmNames: [...plan.alarmNames], StateValue: 'ALARM' })) {
    if (MetricAlarms.length > 0) return true;
  }
  return false;
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
