import { ContainerEnvironment } from '../lib/contract';
import { ContainerRoot, Environment } from './container-root';
import { runExecution } from './execution';
import { readTask } from './job';
import { LocalPredictor } from './model-explainability/local-predictor';
import { Predictor } from './model-explainability/predictor';
import { runBaseline } from './monitors';
import { listenToProgress } from './progress';
import { BaselineTask, ExecutionTask } from './task';

/** Does what the job asks for; returns the exit message. */
export async function runJob(root: ContainerRoot, environment: Environment, invocations: string | undefined): Promise<string> {
  listenToProgress({ note: console.log });
  const read = readTask(root, environment);
  const task = { ...read, predictor: await predictorFor(read, environment, invocations) };
  if (task.kind === 'baseline') await runBaseline(task);
  const violations = task.kind === 'baseline' ? 0 : (await runExecution(task)).length;
  return violations === 0
    ? 'Completed: Job completed successfully with no violations.'
    : `CompletedWithViolations: Job completed successfully with ${violations} violations.`;
}

/** The model that explainability asks. Nothing else of the analyzer knows AWS, and no other job loads its SDK. */
async function predictorFor(
  task: BaselineTask | ExecutionTask, environment: Environment, invocations: string | undefined,
): Promise<Predictor | undefined> {
  const explained = (task.kind === 'baseline' ? [task] : task.monitors).find(({ type }) => type === 'model-explainability');
  if (explained?.type !== 'model-explainability') return undefined;
  if (invocations !== undefined) return new LocalPredictor(invocations);
  const endpoint = explained.analysis.predictor.endpointName ?? (task.kind === 'baseline' ? environment[ContainerEnvironment.ENDPOINT_NAME] : task.endpoint);
  if (endpoint === undefined) return undefined;
  const { EndpointPredictor } = await import('./model-explainability/endpoint-predictor.js');
  return new EndpointPredictor(endpoint);
}
