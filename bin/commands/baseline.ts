import { Command } from 'commander';
import path from 'node:path';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { runBaseline } from '../../analyzer/monitors';
import { ReportFile } from '../../lib/contract';
import { namesOf } from '../analysis/baseline-files';
import { DATA_OPTIONS, DataOptions, dataOf, GROUND_TRUTH } from '../analysis/data-options';
import { inWords } from '../analysis/failure';
import { tellNote, withAnalysisProgress } from '../analysis/analysis-progress';
import { checkOutput } from '../analysis/output-folder';
import { Rejected, rejectedIn } from '../analysis/rejected';
import { MONITORS } from '../monitors';
import { MonitorCommand } from '../monitors/monitor-command';
import { showCommand } from './baseline-show';

interface Options extends DataOptions {
  readonly output: string;
  readonly json?: true;
}

/** `model-monitor baseline`: makes what later data are compared with, and shows it. */
export function baselineCommand(): Command {
  const baseline = new Command('baseline').description('Make what later data are compared with, from files on this machine; or show it.');
  for (const monitor of MONITORS) baseline.addCommand(baselineOf(monitor));
  return baseline.addCommand(showCommand());
}

function baselineOf(monitor: MonitorCommand): Command {
  const command = new Command(monitor.type).description(`Baseline of ${monitor.about}.`);
  for (const option of [...DATA_OPTIONS, ...(monitor.needsLabels ? [GROUND_TRUTH] : []), ...monitor.options]) command.addOption(option);
  return command
    .requiredOption('--output <folder>', 'where the baseline goes')
    .option('--json', 'the outcome as JSON, for machines')
    .action(async (options: Options) => {
      await inWords(command, () => make(monitor, options, command));
    });
}

async function make(monitor: MonitorCommand, options: Options, command: Command): Promise<void> {
  const { output, json } = options;
  const { task, sides, predictor } = monitor.plan(command);
  const data = dataOf(options, monitor, sides);
  checkOutput(options);
  if (json === undefined && 'csv' in data.format && !data.format.csv.header) tellNote('without --header the columns are named _c0, _c1 … by their position');
  await withAnalysisProgress(() => runBaseline({ kind: 'baseline', ...data, ...task, output, ...(predictor !== undefined && { predictor }) }));
  tell({ output, files: namesOf(output, monitor.type), rejected: await rejectedIn(output) }, json === true);
}

interface Made {
  readonly output: string;
  readonly files: readonly string[];
  readonly rejected: Rejected;
}

function tell({ output, files, rejected }: Made, json: boolean): void {
  if (files.length === 0) throw new AnalyzerError(`no baseline was written to ${output}`);
  if (json) {
    process.stdout.write(`${JSON.stringify({ output, files, rejected: rejected.count })}\n`);
    return;
  }
  if (rejected.first !== undefined) tellNote(`${rejected.count} rejected, the first in ${rejected.first}; all are in ${path.join(output, ReportFile.REJECTED)}`);
  process.stdout.write(`baseline  ${files.map(file => path.join(output, file)).join('  ')}\nlook at it: model-monitor baseline show ${output}\n`);
}
