import { ContainerEnvironment, ContainerPath } from '../lib/contract';
import { ContainerRoot } from './container-root';
import type { Environment } from './job';

/** Where a job's data lies. */
export function datasetOf(root: ContainerRoot, environment: Environment): string {
  return root.resolve(environment[ContainerEnvironment.DATASET_SOURCE] ?? ContainerPath.DATASET);
}
