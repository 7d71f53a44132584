import { Command } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { inWords } from '../analysis/failure';
import { windowText } from '../aws/window-text';
import { instant } from './option-values';

const HOUR = 3_600_000;

/** `model-monitor execute-now`: has a deployed schedule analyse a window without waiting for its time. */
export function executeNowCommand(): Command {
  return new Command('execute-now')
    .description('Have a deployed schedule analyse a window now: that of its cadence up to the last full hour, or to another.')
    .argument('<schedule>', 'name of the schedule')
    .option('--end <time>', 'whole hour that ends the window, such as 2026-01-31T09:00:00Z; the last one unless given', instant)
    .option('--json', 'what was asked for as JSON, for machines')
    .action(async (schedule: string, { end, json }: { end?: string; json?: true }, command: Command) => {
      await inWords(command, async () => {
        const time = wholeHour(end);
        const { startExecution } = await import('../aws/start.js');
        const asked = await startExecution(schedule, time);
        const text = `asked for   ${windowText(asked.window)}\njobs        ${asked.jobs.join(', ')}\nlook at it: model-monitor executions ${schedule}`;
        process.stdout.write(`${json === true ? JSON.stringify(asked) : text}\n`);
      });
    });
}

function wholeHour(end: string | undefined): string {
  if (end === undefined) return new Date(Math.floor(Date.now() / HOUR) * HOUR).toISOString();
  if (Date.parse(end) % HOUR !== 0) throw new AnalyzerError(`--end ${end} is no whole hour, and windows are whole hours`);
  if (Date.parse(end) > Date.now()) throw new AnalyzerError(`--end ${end} is still to come`);
  return end;
}
