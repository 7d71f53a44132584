import { Command } from 'commander';
import { table } from '../../rehearsal/report/table';
import { inWords } from '../analysis/failure';
import { ShownExecution } from '../aws/shown-execution';
import { windowText } from '../aws/window-text';
import { wholeNumber } from './option-values';

/** `model-monitor executions`: the newest executions of a deployed schedule. */
export function executionsCommand(): Command {
  return new Command('executions')
    .description('Show the newest executions of a deployed schedule: their windows, how they ended, rows and violations.')
    .argument('<schedule>', 'name of the schedule')
    .option('--limit <n>', 'most jobs to show', wholeNumber(1, 1000), 24)
    .option('--json', 'the executions as JSON, for machines')
    .action(async (schedule: string, { limit, json }: { limit: number; json?: true }, command: Command) => {
      await inWords(command, async () => {
        const { newestExecutions } = await import('../aws/executions.js');
        const executions = await newestExecutions(schedule, limit);
        process.stdout.write(`${json === true ? JSON.stringify({ schedule, executions }) : executionsText(executions)}\n`);
      });
    });
}

function executionsText(executions: readonly ShownExecution[]): string {
  if (executions.length === 0) return 'no execution has been started yet';
  const rows = table(['window', 'monitor', 'status', 'rows', 'violations', 'job']);
  for (const { window, monitor, status, failureReason, rows: count, violations, job } of executions) {
    rows.push([windowText(window), monitor, failureReason === undefined ? status : `${status}: ${failureReason}`, count ?? '', violations ?? '', job ?? '']);
  }
  return rows.toString();
}
