import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Hands what is written to over to the user and goes on as that user. Does nothing without one, or when not root. */
export function leaveRoot(paths, user) {
  if (user === undefined || process.getuid() !== 0) return;
  for (const folder of [paths.model, paths.output, paths.processingOutput]) handOver(folder, user);
  const group = Number(execFileSync('id', ['--group', user], { encoding: 'utf8' }));
  process.initgroups(user, group);
  process.setgid(group);
  process.setuid(user);
}

/** An endpoint's model folder may be read-only, and is only read. */
function handOver(folder, user) {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('chown', ['--recursive', `${user}:`, folder], { stdio: 'pipe' });
  } catch (error) {
    console.warn(`cannot hand ${folder} over to ${user}: ${error.message}`);
  }
}
