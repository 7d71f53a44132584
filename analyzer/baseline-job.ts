import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ReportFile } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { suggestConstraints } from './data-quality/suggested-constraints';
import { readInput } from './input/read';
import { BaselineTask } from './job';
import { writeJson } from './output';
import { RejectedLog } from './rejected-log';
import { Table } from './data-quality/statistics/table';

/** Writes the statistics of a dataset and the constraints that it suggests. */
export async function runBaselineJob({ dataset, format, output, analysis }: BaselineTask): Promise<void> {
  mkdirSync(output, { recursive: true });
  const sensitive = new Set(analysis.sensitiveColumns);
  const table = new Table({ excluded: new Set(analysis.excludedColumns), sensitive });
  const rejected = new RejectedLog(path.join(output, ReportFile.REJECTED), sensitive.size > 0);
  await readInput(dataset, format, undefined, {
    row: (row) => {
      table.add(row);
    },
    reject: (origin, reason) => {
      rejected.add(origin, reason);
    },
  });
  rejected.close();
  if (table.rows === 0) throw new AnalyzerError(`the baseline dataset has no row to analyse (${rejected.count} rejected); check its files and the dataset format`);
  if (table.columns.size === 0) throw new AnalyzerError('the baseline dataset has no column to analyse; exclude fewer columns');
  const statistics = table.statistics();
  writeJson(output, ReportFile.STATISTICS, statistics);
  const { comparisonMethod: method = 'Robust', comparisonThreshold: threshold = 0.1 } = analysis;
  const constraints = suggestConstraints(statistics, { method, numericalThreshold: threshold, categoricalThreshold: threshold });
  writeJson(output, ReportFile.CONSTRAINTS, constraints);
}
