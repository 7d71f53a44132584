import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ContainerEnvironment, ContainerPath } from '../lib/contract';
import { ContainerRoot } from './container-root';
import { runExecution } from './execution';
import { Environment, readTask } from './job';
import { LocalPredictor } from './model-explainability/local-predictor';
import { Predictor } from './model-explainability/predictor';
import { runBaseline } from './monitors';
import { ownOutput } from './output-ownership';
import { BaselineTask, ExecutionTask } from './task';

/** The exit message's limit in SageMaker. */
const MESSAGE_BYTES = 1024;

/** Does what the job asks for; returns the exit message. */
async function run(root: ContainerRoot, environment: Environment, invocations: string | undefined): Promise<string> {
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

function writeMessage(root: ContainerRoot, message: string): void {
  const file = root.resolve(ContainerPath.MESSAGE);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, new TextDecoder().decode(Buffer.from(message).subarray(0, MESSAGE_BYTES)).replace(/\uFFFD+$/, ''));
}

/** One line for people; what went wrong inside is of no use to them. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { root: { type: 'string' }, invocations: { type: 'string' } } });
  const root = new ContainerRoot(values.root);
  if (values.root === undefined) ownOutput();
  try {
    const message = await run(root, process.env, values.invocations);
    writeMessage(root, message);
    console.log(message);
  } catch (error) {
    const message = `Failed: ${reasonOf(error)}`;
    console.error(message);
    writeMessage(root, message);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
