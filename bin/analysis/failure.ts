import { Command } from 'commander';
import { awsFailure } from '../aws/failure';

/** Does the work of a command; what goes wrong is told in one line and ends with exit code 1. */
export async function inWords(command: Command, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    command.error(`error: ${reasonOf(error)}`);
  }
}

/** Ends the process when its output cannot be written: without a word where nobody reads it any more, as before `head`. */
export function endWithOutput(output: NodeJS.WriteStream): void {
  output.on('error', (error) => {
    if (hasCode(error, 'EPIPE')) process.exit();
    process.stderr.write(`error: ${reasonOf(error)}\n`);
    process.exit(1);
  });
}

/** Refuses options without a value, which come from variables of a script that are not set. */
export function refuseEmptyOptions(command: Command): void {
  const empty = command.options.find(option => command.getOptionValue(option.attributeName()) === '');
  if (empty?.long !== undefined) command.error(`error: ${empty.long} is empty: give it a value`);
}

function reasonOf(error: unknown): string {
  const engine = missingEngine(error);
  if (engine !== undefined) {
    return `Parquet is read by the optional package ${engine}, which is not installed: run npm install ${engine}, or bring CSV or JSON lines`;
  }
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) return `${error.path ?? 'a file'} may not be read or written by this user: change its permissions, or name another`;
  if (hasCode(error, 'EROFS')) return `${error.path ?? 'the folder'} lies where nothing can be written: name another`;
  if (hasCode(error, 'ENOENT')) return `${error.path ?? 'a file'} is not there, and cannot be made there: name another`;
  if (hasCode(error, 'ENOSPC')) return 'there is no space left to write to: make room, or write to another disk';
  if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EEXIST')) return `${error.path ?? 'the folder'} cannot be a folder: a file is in its place, or further up in its path`;
  return (awsFailure(error) ?? (error instanceof Error ? error.message : String(error))).split('\n', 1)[0] ?? '';
}

/** Whether the system refused, and for this. */
function hasCode(error: unknown, code: string): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The package that is not there, by Node's words, whether its own loader or the older one looked for it. */
function missingEngine(error: unknown): string | undefined {
  return error instanceof Error ? /^Cannot find (?:module|package) '(@duckdb\/[^'/]+)/.exec(error.message)?.[1] : undefined;
}
