import { Logger } from '@aws-lambda-powertools/logger';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type {
  CdkCustomResourceEvent, CdkCustomResourceIsCompleteEvent, CdkCustomResourceIsCompleteResponse, CdkCustomResourceResponse,
} from 'aws-lambda';
import * as z from 'zod';
import { parse } from '../shared/parse';
import { ManagedSchedule } from './managed-schedule';
import { goalOf, nextStep } from './next-step';

const logger = new Logger({ serviceName: 'guard-monitoring-schedule' });
const sageMaker = new SageMakerClient({});

const requestSchema = z.object({ scheduleName: z.string().min(1), moment: z.enum(['before', 'after']) });

/** Names the guard after its schedule, so that a schedule of another name has another guard, and the old one's is deleted before it. */
export function onEvent(event: CdkCustomResourceEvent): Promise<CdkCustomResourceResponse> {
  if (event.RequestType === 'Delete') return Promise.resolve({ PhysicalResourceId: event.PhysicalResourceId });
  const { scheduleName, moment } = requestOf(event);
  return Promise.resolve({ PhysicalResourceId: `${scheduleName}-${moment}` });
}

/** Takes the schedule one step nearer to where CloudFormation may go on; it is asked again until nothing is left to do. */
export async function isComplete(event: CdkCustomResourceIsCompleteEvent): Promise<CdkCustomResourceIsCompleteResponse> {
  const { scheduleName, moment } = requestOf(event);
  const goal = goalOf(event.RequestType, moment);
  if (goal === undefined) return { IsComplete: true };
  const schedule = new ManagedSchedule(sageMaker, scheduleName);
  const state = await schedule.state();
  const step = nextStep(goal, state);
  logger.info('schedule guarded', { schedule: scheduleName, request: event.RequestType, moment, ...state, step });
  if (step === 'start') await schedule.start();
  if (step === 'stop') await schedule.stop();
  return { IsComplete: step === 'done' };
}

function requestOf(event: CdkCustomResourceEvent | CdkCustomResourceIsCompleteEvent): z.output<typeof requestSchema> {
  return parse(requestSchema, event.ResourceProperties, 'the guard of a schedule');
}
