import { existsSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { monitorsOf } from '../../analyzer/baseline-check';
import { readJson } from '../../analyzer/json-file';
import { MonitorType, ReportFile } from '../../lib/contract';

/** Where the parts of a baseline lie. */
export interface BaselineFiles {
  readonly constraints: string;
  readonly statistics: string | undefined;
}

/** The names of a baseline's files that a folder holds. */
export function baselineFileNames(folder: string): string[] {
  return [ReportFile.STATISTICS, ReportFile.CONSTRAINTS, ReportFile.ANALYSIS].filter(file => existsSync(path.join(folder, file)));
}

/** The files of a baseline, whichever monitor's it is. */
export function anyBaselineFiles(folder: string): BaselineFiles {
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

/** The files of one monitor's baseline: the constraints are in constraints.json, those of bias and explainability in analysis.json. */
export function baselineFiles(folder: string, monitor: MonitorType): BaselineFiles {
  const files = anyBaselineFiles(folder);
  const needed = monitor === 'data-quality' || monitor === 'model-quality' ? ReportFile.CONSTRAINTS : ReportFile.ANALYSIS;
  const constraints = path.join(folder, needed);
  if (!existsSync(constraints)) {
    throw new AnalyzerError(`${folder} holds another monitor's baseline (${path.basename(files.constraints)}); ${monitor} needs ${needed}: ${adviceFor(monitor)}`);
  }
  const monitors = monitorsOf(readJson(constraints, z.looseObject({}), 'baseline constraints'));
  if (monitors.length === 0 || monitors.includes(monitor)) return { ...files, constraints };
  throw new AnalyzerError(`${constraints} is the baseline of ${monitors.join(' and ')}: ${adviceFor(monitor)}`);
}

function adviceFor(monitor: MonitorType): string {
  return `make one with model-monitor baseline ${monitor}`;
}
