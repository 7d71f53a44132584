import path from 'node:path';
import { ContainerEnvironment, ContainerPath } from '../lib/contract';

const PREFIX = '/opt/ml';

/** Names and values of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder that stands for /opt/ml, so that several analyzers run side by side. */
export class ContainerRoot {
  constructor(private readonly folder: string = PREFIX) {}

  /** Where a path of the container lies; one outside /opt/ml stays as it is. */
  resolve(containerPath: string): string {
    const relative = path.posix.relative(PREFIX, containerPath);
    return relative === '..' || relative.startsWith('../') ? containerPath : path.join(this.folder, relative);
  }

  /** Where a job's data lies. */
  dataset(environment: Environment): string {
    return this.resolve(environment[ContainerEnvironment.DATASET_SOURCE] ?? ContainerPath.DATASET);
  }
}
