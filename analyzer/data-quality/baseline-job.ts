import path from 'node:path';
import { ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { listed } from '../format';
import { makeFolder, writeJson } from '../output';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { readBaselineTable } from './baseline-table';
import { noteUnknownExclusions } from './exclusion';
import { checkOverrides, DEFAULT_RULES, withOverride } from './judgement';
import { OtherThreads } from './other-threads';
import { suggestConstraints } from './suggested-constraints';

/** Writes the statistics of a dataset and the constraints that it suggests. */
export async function makeDataQualityBaseline(task: TaskOf<BaselineTask, 'data-quality'>): Promise<void> {
  const { output, analysis } = task;
  makeFolder(output);
  const rejected = new RejectedLog(path.join(output, ReportFile.REJECTED), (analysis.sensitiveColumns ?? []).length > 0);
  const others = OtherThreads.start(task);
  const table = await readBaselineTable(task, rejected, others.share);
  await table.takeOver(others.values());
  rejected.close();
  if (table.rows === 0) {
    const why = rejected.first === undefined ? '' : `, the first in ${rejected.first}`;
    throw new AnalyzerError(`the baseline dataset has no row to analyse (${rejected.count} rejected${why}); check its files and the dataset format`);
  }
  const columns = [...table.columns.keys(), ...table.leftOut];
  checkSensitive(analysis, columns);
  noteUnknownExclusions(analysis.excludedColumns, task.format, columns);
  if (table.columns.size === 0) throw new AnalyzerError('the baseline dataset has no column to analyse; exclude fewer columns');
  checkOverrides(analysis, [...table.columns.keys()]);
  const statistics = table.statistics;
  writeJson(output, ReportFile.STATISTICS, statistics);
  const constraints = suggestConstraints(statistics, { rules: withOverride(DEFAULT_RULES, analysis), overrides: analysis.overrides });
  writeJson(output, ReportFile.CONSTRAINTS, constraints);
}

/** Refuses a name that is misspelt: the values of the column that is meant would be written in the clear. */
function checkSensitive({ sensitiveColumns = [] }: TaskOf<BaselineTask, 'data-quality'>['analysis'], columns: readonly string[]): void {
  const unknown = sensitiveColumns.filter(name => !columns.includes(name));
  if (unknown.length === 0) return;
  throw new AnalyzerError(`${unknown.map(name => `"${name}"`).join(', ')} shall be sensitive, but the baseline dataset has no such column; it has ${listed(columns)}`);
}
