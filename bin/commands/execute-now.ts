import { Command } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { inWords } from '../analysis/failure';
import type { AskedExecution, AskedExecutions } from '../aws/start';
import { windowText } from '../aws/window-text';
import { instant } from './option-values';

const HOUR = 3_600_000;

interface Options {
  readonly start?: string;
  readonly end?: string;
  readonly json?: true;
}

/** `model-monitor execute-now`: has a deployed schedule analyse windows without waiting for their time. */
export function executeNowCommand(): Command {
  return new Command('execute-now')
    .description('Have a deployed schedule analyse a window now: that of its cadence up to the last full hour, or to another; or all windows of a span.')
    .argument('<schedule>', 'name of the schedule')
    .option('--start <time>', 'whole hour that begins a span: each window of the cadence from then on is analysed, but for those that were before and those without captures', instant)
    .option('--end <time>', 'whole hour that ends the window, or the span, such as 2026-01-31T09:00:00Z; the last one unless given', instant)
    .option('--json', 'what was asked for as JSON, for machines')
    .action(async (schedule: string, { start, end, json }: Options, command: Command) => {
      await inWords(command, async () => {
        for (const [option, time] of [['--start', start], ['--end', end]] as const) requirePastHour(option, time);
        const { startExecution, startExecutions } = await import('../aws/start.js');
        const asked = start === undefined ? await startExecution(schedule, end) : await startExecutions(schedule, start, end);
        process.stdout.write(`${json === true ? JSON.stringify(asked) : `${'asked' in asked ? spanText(asked) : executionText(asked)}\nlook at it: model-monitor executions ${schedule}`}\n`);
      });
    });
}

function executionText({ window, jobs }: AskedExecution): string {
  return `asked for   ${windowText(window)}\njobs        ${jobs.join(', ')}`;
}

function spanText({ asked, empty, skipped }: AskedExecutions): string {
  return [
    `asked for ${asked.length} of ${asked.length + skipped.length + empty.length} windows`,
    ...asked.map(({ window, jobs }) => `${windowText(window)}   ${jobs.join(', ')}`),
    ...skipped.map(({ window, job, status }) => `${windowText(window)}   was executed before, by the job ${job} (${status})`),
    ...empty.map(window => `${windowText(window)}   holds nothing that was captured`),
  ].join('\n');
}

function requirePastHour(option: string, time: string | undefined): void {
  if (time === undefined) return;
  if (Date.parse(time) % HOUR !== 0) throw new AnalyzerError(`${option} ${time} is no whole hour, and windows are whole hours`);
  if (Date.parse(time) > Date.now()) throw new AnalyzerError(`${option} ${time} is still to come`);
}
