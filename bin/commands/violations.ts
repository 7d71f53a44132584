import path from 'node:path';
import { Command } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { readJson } from '../../analyzer/json-file';
import { ExecutionResult, ReportFile } from '../../lib/contract';
import { inWords } from '../analysis/failure';
import { VIOLATIONS, ViolationsFile, violationsText } from '../analysis/violations-file';
import type { NewestResult } from '../aws/reports';
import { windowText } from '../aws/window-text';

/** The exit code of who found violations. */
export const VIOLATED = 2;

/** How an execution ends that judged its window. */
const JUDGED: readonly ExecutionResult['status'][] = ['Completed', 'CompletedWithViolations'];

interface Options {
  readonly schedule?: string;
  readonly json?: true;
}

/** `model-monitor violations`: shows what an analysis found, here or in S3, also one of Model Monitor or Clarify. */
export function violationsCommand(): Command {
  return new Command('violations')
    .description('Show what an analysis found. Exit code 2 when there are violations, 0 when there is none, 1 on error.')
    .argument('[place]', 'folder of constraint_violations.json, on this machine or s3://bucket/folder')
    .option('--schedule <name>', 'instead of a place: the newest result of each monitor of a deployed schedule')
    .option('--json', 'what was found as JSON, for machines')
    .action(async (place: string | undefined, options: Options, command: Command) => {
      await inWords(command, () => show(place, options));
    });
}

async function show(place: string | undefined, { schedule, json }: Options): Promise<void> {
  if ((place === undefined) === (schedule === undefined)) throw new AnalyzerError('give one of them: a FOLDER, s3://bucket/folder, or --schedule NAME');
  if (place !== undefined) showFile(await violationsIn(place), json === true);
  else if (schedule !== undefined) await showNewest(schedule, json === true);
}

async function violationsIn(place: string): Promise<ViolationsFile> {
  if (!place.startsWith('s3://')) return readJson(path.join(place, ReportFile.VIOLATIONS), VIOLATIONS, 'violations');
  const { violationsAt } = await import('../aws/reports.js');
  return violationsAt(place);
}

function showFile(file: ViolationsFile, json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(file) : violationsText(file.violations)}\n`);
  process.exitCode = file.violations.length === 0 ? 0 : VIOLATED;
}

async function showNewest(schedule: string, json: boolean): Promise<void> {
  const { newestResults } = await import('../aws/reports.js');
  const monitors = await newestResults(schedule);
  process.stdout.write(json ? `${JSON.stringify({ schedule, monitors })}\n` : monitors.map(resultText).join('\n'));
  process.exitCode = exitCode(monitors);
}

function resultText({ monitor, result, violations }: NewestResult): string {
  if (result === undefined) return `${monitor}: no execution has ended yet\n`;
  const head = `${monitor}: ${result.status}, ${windowText(result.window)}`;
  if (!JUDGED.includes(result.status)) return `${head}${result.failureReason === undefined ? '' : `: ${result.failureReason}`}\n`;
  return `${head}, ${result.reportUri}/${ReportFile.REPORT}\n${violationsText(violations)}\n`;
}

/** No verdict is no proof that nothing is wrong. */
function exitCode(monitors: readonly NewestResult[]): number {
  if (monitors.some(({ violations }) => violations.length > 0)) return VIOLATED;
  return monitors.every(({ result }) => result !== undefined && JUDGED.includes(result.status)) ? 0 : 1;
}
