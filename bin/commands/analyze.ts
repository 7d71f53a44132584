import { Command } from 'commander';
import path from 'node:path';
import * as z from 'zod';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { runExecution } from '../../analyzer/execution';
import { readJson } from '../../analyzer/json-file';
import { ExecutionTask } from '../../analyzer/task';
import { ExecutionSummary, ReportFile, violationSubject } from '../../lib/contract';
import { baselineFiles } from '../analysis/baseline-files';
import { DATA_OPTIONS, DataOptions, dataOf, GROUND_TRUTH, WINDOW_OPTIONS, WindowOptions, windowOf } from '../analysis/data-options';
import { inWords } from '../analysis/failure';
import { withAnalysisProgress } from '../analysis/analysis-progress';
import { checkOutput } from '../analysis/output-folder';
import { rejectedIn } from '../analysis/rejected';
import { violationTable } from '../analysis/violation-table';
import { MONITORS } from '../monitors';
import { MonitorCommand } from '../monitors/monitor-command';
import { VIOLATED } from './violations';

interface Options extends DataOptions, WindowOptions {
  readonly baseline: string;
  readonly output: string;
  readonly labelDelay?: number;
  readonly json?: true;
}

/** `model-monitor analyze`: judges data by a baseline. */
export function analyzeCommand(): Command {
  const analyze = new Command('analyze').description('Judge data on this machine by a baseline. Exit code 2 when there are violations, 0 when there is none, 1 on error.');
  for (const monitor of MONITORS) analyze.addCommand(analysisOf(monitor));
  return analyze;
}

function analysisOf(monitor: MonitorCommand): Command {
  const command = new Command(monitor.type).description(`Judge ${monitor.about}.`).requiredOption('--baseline <folder>', 'what the data are compared with');
  const options = [...DATA_OPTIONS, ...WINDOW_OPTIONS, ...(monitor.needsLabels ? [GROUND_TRUTH] : []), ...monitor.options, ...monitor.judging];
  for (const option of options) command.addOption(option);
  return command
    .requiredOption('--output <folder>', 'where the reports go')
    .option('--json', 'the outcome as JSON, for machines')
    .action(async (given: Options) => {
      await inWords(command, () => analyze(monitor, given, command));
    });
}

async function analyze(monitor: MonitorCommand, options: Options, command: Command): Promise<void> {
  const task = taskOf(monitor, options, command);
  await withAnalysisProgress(() => runExecution(task));
  const summary = readJson(path.join(options.output, ReportFile.SUMMARY), z.custom<ExecutionSummary>(), 'summary');
  await refuseNothing(summary, task, options.output);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...summary, output: options.output })}\n`);
  else tell(summary, options.output);
  process.exitCode = summary.violations.length === 0 ? 0 : VIOLATED;
}

function taskOf(monitor: MonitorCommand, options: Options, command: Command): ExecutionTask {
  const { output, labelDelay } = options;
  const { task, sides, predictor } = monitor.plan(command);
  const data = dataOf(options, monitor, sides);
  checkOutput(options);
  const window = windowOf(options, options);
  if (labelDelay !== undefined && window === undefined) throw new AnalyzerError('--label-delay goes with --start and --end');
  return {
    kind: 'execution', ...data, window,
    endpoint: undefined, cloudWatchFolder: undefined, metricTime: window?.start ?? new Date().toISOString(),
    monitors: [{ ...task, name: monitor.type, output, ...baselineFiles(options.baseline, monitor.type) }],
    ...(predictor !== undefined && { predictor }),
  };
}

/** No data is no proof that nothing is wrong, nor are data of which nobody knows what was right. */
async function refuseNothing({ records }: ExecutionSummary, { dataset, groundTruth }: ExecutionTask, output: string): Promise<void> {
  const { analysed, labelled, rejected, outsideWindow } = records;
  if (labelled === 0 && analysed > 0) {
    const first = rejected === 0 ? '' : `; ${rejected} rejected, the first in ${(await rejectedIn(output)).first ?? ''}`;
    throw new AnalyzerError(`none of the ${analysed} rows has a label in ${groundTruth ?? dataset}: labels are found by the request's inferenceId, else by its eventId${first}`);
  }
  if (analysed > 0) return;
  if (rejected === 0) throw new AnalyzerError(`${dataset} holds nothing to analyse${outsideWindow > 0 ? `: ${outsideWindow} requests lie outside of --start and --end` : ''}`);
  const { first = '' } = await rejectedIn(output);
  throw new AnalyzerError(`nothing of ${dataset} could be analysed, ${rejected} rejected, the first in ${first}; all are in ${path.join(output, ReportFile.REJECTED)}`);
}

function tell({ records, violations }: ExecutionSummary, output: string): void {
  const shown = violations.map(violation => ({ ...violation, subject: violationSubject(violation), check: violation.constraint_check_type }));
  if (shown.length > 0) process.stdout.write(`${violationTable(shown, process.stdout.columns)}\n`);
  const { analysed, labelled, rejected, outsideWindow } = records;
  const counts = [
    `${analysed} analysed`,
    labelled === undefined ? '' : `${labelled} with a label`,
    rejected === 0 ? '' : `${rejected} rejected (${path.join(output, ReportFile.REJECTED)})`,
    outsideWindow === 0 ? '' : `${outsideWindow} outside of the window`,
  ];
  process.stdout.write(`rows        ${counts.filter(text => text !== '').join(', ')}\nviolations  ${violations.length}\nreport      ${path.join(output, ReportFile.REPORT)}\n`);
}
