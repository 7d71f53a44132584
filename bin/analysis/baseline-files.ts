import { existsSync } from 'node:fs';
import path from 'node:path';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { ReportFile } from '../../lib/contract';

/** Where the parts of a baseline lie. */
export interface BaselineFiles {
  readonly constraints: string;
  readonly statistics: string | undefined;
}

/** The names of a baseline's files that a folder holds. */
export function baselineFileNames(folder: string): string[] {
  return [ReportFile.STATISTICS, ReportFile.CONSTRAINTS, ReportFile.ANALYSIS].filter(file => existsSync(path.join(folder, file)));
}

/** A baseline's files: the constraints are in constraints.json, those of bias and explainability in analysis.json. */
export function baselineFiles(folder: string): BaselineFiles {
  const names = baselineFileNames(folder);
  const constraints = names.find(name => name !== ReportFile.STATISTICS);
  if (constraints === undefined) {
    throw new AnalyzerError(`${folder} holds no baseline (constraints.json or analysis.json): make one with model-monitor baseline`);
  }
  return {
    constraints: path.join(folder, constraints),
    statistics: names.includes(ReportFile.STATISTICS) ? path.join(folder, ReportFile.STATISTICS) : undefined,
  };
}
