import { mkdirSync, writeFileSync } from 'node:fs';

/** SageMaker cuts what is longer. */
const LONGEST = 1024;

/** Says why in the log and where SageMaker looks for it, and ends with an error. */
export function reportFailure(paths, error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(reason);
  process.exitCode = 1;
  mkdirSync(paths.output, { recursive: true });
  for (const file of [paths.failure, paths.message]) writeFileSync(file, reason.slice(0, LONGEST));
}
