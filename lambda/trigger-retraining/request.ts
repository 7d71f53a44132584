import * as z from 'zod';
import { EvidenceParameters, RetrainingPlan, RetrainingRequest } from '../../lib/contract';
import { Fields, instant } from '../shared/schemas';

const count = z.number().nonnegative();
const parameterName = z.string().min(1).optional();

/** What trigger-retraining is invoked with: an alarm's change, or a re-check. */
export const retrainingRequestSchema = z.object({
  plan: z.object({
    pipelineName: z.string().min(1),
    evidence: z.array(z.object({ latestUri: z.string().startsWith('s3://'), alarmNames: z.array(z.string()).min(1) })).min(1),
    limits: z.object({ cooldownSeconds: count, maximumPer30Days: count }),
    parameters: z.record(z.string(), z.string()),
    evidenceParameters: z.object({
      execution: parameterName, features: parameterName, windowStart: parameterName, windowEnd: parameterName, reportUri: parameterName,
    } satisfies Fields<EvidenceParameters>),
  } satisfies Fields<RetrainingPlan>),
  alarm: z.object({ time: instant, detail: z.object({ alarmName: z.string(), state: z.object({ value: z.string() }) }) }).optional(),
  recheckTime: instant.optional(),
} satisfies Fields<RetrainingRequest>).refine(({ alarm, recheckTime }) => (alarm === undefined) !== (recheckTime === undefined), 'must have either alarm or recheckTime');
