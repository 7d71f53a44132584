import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { ContainerEnvironment, ContainerPath } from '../../lib/contract';
import { ProcessingJobRequest } from '../aws';
import { assetPath } from '../runtime/asset-path';
import { isMergeImage, mergeGroundTruth } from './model-monitor/ground-truth-merge';

/** Where SageMaker mounts everything in a container. */
const CONTAINER_ROOT = '/opt/ml';

/** How a container's program ended. */
export interface ProgramEnd {
  readonly code: number;
  readonly stderr: string;
}

/**
 * Runs the program of a job's container. The image tells it: AWS' merge job is played here, every other container by the analyzer.
 *
 * @param root folder that stands for /opt/ml
 * @param environment what SageMaker adds to the job's own
 */
export function runContainer(request: ProcessingJobRequest, root: string, environment: Readonly<Record<string, string>>): Promise<ProgramEnd> {
  if (!isMergeImage(request.AppSpecification.ImageUri)) return runAnalyzer(request, root, environment);
  const place = (name: string, otherwise: string): string => local(root, request.Environment?.[name] ?? otherwise);
  mergeGroundTruth(
    place(ContainerEnvironment.DATASET_SOURCE, ContainerPath.DATASET), place(ContainerEnvironment.GROUND_TRUTH_SOURCE, ContainerPath.GROUND_TRUTH),
    place(ContainerEnvironment.OUTPUT_PATH, ContainerPath.OUTPUT),
  );
  return Promise.resolve({ code: 0, stderr: '' });
}

async function runAnalyzer(request: ProcessingJobRequest, root: string, environment: Readonly<Record<string, string>>): Promise<ProgramEnd> {
  const child = spawn(process.execPath, [assetPath('analyzer', 'index.js'), '--root', root], {
    env: { PATH: process.env.PATH, ...environment, ...request.Environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: (request.StoppingCondition?.MaxRuntimeInSeconds ?? 3600) * 1000,
  });
  // It writes into a folder that is about to go.
  const kill = (): void => { child.kill('SIGKILL'); };
  process.prependListener('exit', kill);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      resolve(signal === null ? exit ?? 1 : 137);
    });
  });
  process.off('exit', kill);
  return { code, stderr };
}

/** Where a path of the container lies in the folder that stands for /opt/ml. */
export function local(root: string, containerPath: string): string {
  return path.join(root, path.relative(CONTAINER_ROOT, containerPath));
}
