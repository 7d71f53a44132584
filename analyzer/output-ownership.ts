import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';

const FOLDERS = ['/opt/ml/output', '/opt/ml/processing/output'];

/** The one command that the image lets its user run as root. */
export const OWN_OUTPUT_COMMAND = ['/usr/bin/chown', '-R', 'node', ...FOLDERS] as const;

/**
 * Makes the output folders of the container writable. The platform mounts them as root's, whoever the image's user is,
 * so a job that does not run as root could leave no result.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/issues/4764
 * @see https://github.com/aws/sagemaker-python-sdk/pull/4325
 */
export function ownOutput(): void {
  if (FOLDERS.every(isWritable)) return;
  // Where this fails too, the first write says which folder it is.
  spawnSync('sudo', ['-n', ...OWN_OUTPUT_COMMAND], { stdio: 'ignore' });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return !existsSync(folder);
  }
}
