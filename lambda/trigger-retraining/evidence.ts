import { createHash } from 'node:crypto';
import { StartPipelineExecutionCommandInput } from '@aws-sdk/client-sagemaker';
import { DRIFT_DETECTED, EvidenceParameters, ExecutionResult, MONITOR_TYPES, RetrainingPlan } from '../../lib/contract';

const VALUE_LENGTH = 1024;
const DESCRIPTION_LENGTH = 3072;

/** The start of a pipeline that an execution gave cause to. Two alarms of one execution give the same: the token makes it one start. */
export function pipelineStart(plan: RetrainingPlan, result: ExecutionResult): StartPipelineExecutionCommandInput {
  const parameters = { ...plan.parameters, ...evidence(plan.evidenceParameters, result) };
  return {
    PipelineName: plan.pipelineName,
    ClientRequestToken: createHash('sha256').update(`${plan.pipelineName}/${result.execution}`).digest('hex'),
    PipelineExecutionDisplayName: result.execution,
    PipelineExecutionDescription: description(result),
    PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
  };
}

function evidence(names: EvidenceParameters, { execution, features, window, reportUri }: ExecutionResult): Record<string, string> {
  const values = { execution, features: joined(features, ',', VALUE_LENGTH), windowStart: window.start, windowEnd: window.end, reportUri };
  return Object.fromEntries((Object.keys(values) as (keyof EvidenceParameters)[]).flatMap((piece) => {
    const name = names[piece];
    return name === undefined ? [] : [[name, values[piece].slice(0, VALUE_LENGTH)]];
  }));
}

/** What a person reads beside the execution; one line, as SageMaker wants it. */
function description({ execution, explanations, features, monitor }: ExecutionResult): string {
  const detected = DRIFT_DETECTED[MONITOR_TYPES.find(type => monitor.endsWith(`-${type}`)) ?? 'data-quality'];
  const start = features.length > 0 ? `${detected} on ${joined(features, ', ', DESCRIPTION_LENGTH / 2)}` : `${detected} by ${execution}`;
  if (explanations.length === 0) return start;
  const oneLine = explanations.map(text => text.replace(/\s+/g, ' '));
  return `${start}: ${joined(oneLine, '; ', DESCRIPTION_LENGTH - start.length - 2)}`;
}

/** As many whole items as fit; an ellipsis stands for the rest. */
function joined(items: readonly string[], separator: string, length: number): string {
  const all = items.join(separator);
  if (all.length <= length) return all;
  let kept = '';
  for (const item of items) {
    if (kept.length + item.length + separator.length >= length) break;
    kept += `${item}${separator}`;
  }
  return `${kept}…`;
}
