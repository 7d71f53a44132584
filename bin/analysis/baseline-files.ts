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

/** The files of the baselines that a folder holds, whichever monitors' they are. */
export function anyBaselineFiles(folder: string): BaselineFiles[] {
  const names = baselineFileNames(folder);
  const constraints = names.filter(name => name !== ReportFile.STATISTICS);
  if (constraints.length === 0) {
    throw new AnalyzerError(`${folder} holds no baseline (constraints.json or analysis.json): make one with model-monitor baseline`);
  }
  const statistics = names.includes(ReportFile.STATISTICS) ? path.join(folder, ReportFile.STATISTICS) : undefined;
  return constraints.map(name => ({ constraints: path.join(folder, name), statistics }));
}

/** The files of one monitor's baseline: the constraints are in constraints.json, those of bias and explainability in analysis.json. */
export function baselineFiles(folder: string, monitor: MonitorType): BaselineFiles {
  const all = anyBaselineFiles(folder);
  const needed = constraintsName(monitor);
  const files = all.find(({ constraints }) => path.basename(constraints) === needed);
  if (files === undefined) {
    const others = all.map(({ constraints }) => path.basename(constraints)).join(', ');
    throw new AnalyzerError(`${folder} holds another monitor's baseline (${others}); ${monitor} needs ${needed}: ${adviceFor(monitor)}`);
  }
  const monitors = monitorsOf(readJson(files.constraints, z.looseObject({}), 'baseline constraints'));
  if (monitors.length === 0 || monitors.includes(monitor)) return files;
  throw new AnalyzerError(`${files.constraints} is the baseline of ${monitors.join(' and ')}: ${adviceFor(monitor)}`);
}

/** The names of the files that a monitor's baseline has, of those that a folder holds. */
export function namesOf(folder: string, monitor: MonitorType): string[] {
  const needed = constraintsName(monitor);
  return baselineFileNames(folder).filter(name => name === needed || (name === ReportFile.STATISTICS && needed === ReportFile.CONSTRAINTS));
}

function constraintsName(monitor: MonitorType): string {
  return monitor === 'data-quality' || monitor === 'model-quality' ? ReportFile.CONSTRAINTS : ReportFile.ANALYSIS;
}

function adviceFor(monitor: MonitorType): string {
  return `make one with model-monitor baseline ${monitor}`;
}
