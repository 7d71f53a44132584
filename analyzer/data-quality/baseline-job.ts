import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { rowsBeside } from '../input/captured-request';
import { readInput } from '../input/read';
import { Rejection } from '../input/row';
import { timeSpan } from '../input/time-span';
import { writeJson } from '../output';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { checkOverrides, DEFAULT_RULES, withOverride } from './judgement';
import { Table } from './statistics/table';
import { suggestConstraints } from './suggested-constraints';

/** Writes the statistics of a dataset and the constraints that it suggests. */
export async function makeDataQualityBaseline({ dataset, format, output, analysis }: TaskOf<BaselineTask, 'data-quality'>): Promise<void> {
  mkdirSync(output, { recursive: true });
  const sensitive = new Set(analysis.sensitiveColumns);
  const table = new Table({ excluded: new Set(analysis.excludedColumns), sensitive });
  const rejected = new RejectedLog(path.join(output, ReportFile.REJECTED), sensitive.size > 0);
  await readInput(dataset, format, [{
    span: timeSpan(undefined),
    row: (row) => {
      table.add(row);
    },
    request: (request, origin) => {
      try {
        for (const row of rowsBeside(request, analysis.captureIndexNames ?? ['endpointInput'])) table.add(row);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        rejected.add(origin, error.message);
      }
    },
    reject: (origin, reason) => {
      rejected.add(origin, reason);
    },
    outside: () => undefined,
  }]);
  rejected.close();
  if (table.rows === 0) throw new AnalyzerError(`the baseline dataset has no row to analyse (${rejected.count} rejected); check its files and the dataset format`);
  if (table.columns.size === 0) throw new AnalyzerError('the baseline dataset has no column to analyse; exclude fewer columns');
  checkOverrides(analysis, [...table.columns.keys()]);
  const statistics = table.statistics();
  writeJson(output, ReportFile.STATISTICS, statistics);
  const constraints = suggestConstraints(statistics, { rules: withOverride(DEFAULT_RULES, analysis), overrides: analysis.overrides });
  writeJson(output, ReportFile.CONSTRAINTS, constraints);
}
