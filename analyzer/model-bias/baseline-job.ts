import path from 'node:path';
import { ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readDataset } from '../input/dataset';
import { Origin, Rejection, Row } from '../input/row';
import { makeFolder, writeJson } from '../output';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { DatasetBias } from './dataset-bias';

type BiasBaselineTask = TaskOf<BaselineTask, 'model-bias'>;

/** Writes the bias of a dataset. */
export async function makeModelBiasBaseline(task: BiasBaselineTask): Promise<void> {
  makeFolder(task.output);
  const bias = new DatasetBias(task.analysis);
  await readRows(task, (row) => {
    bias.look(row);
  });
  const rejected = new RejectedLog(path.join(task.output, ReportFile.REJECTED), false);
  await readRows(task, (row) => {
    bias.take(row);
  }, (origin, reason) => {
    rejected.add(origin, reason);
  });
  rejected.close();
  writeJson(task.output, ReportFile.ANALYSIS, bias.file);
}

/** Hands on every row; where none could be taken, says why the first could not. */
async function readRows(
  { dataset, format }: BiasBaselineTask, take: (row: Row) => void, reject?: (origin: Origin, reason: string) => void,
): Promise<void> {
  if ('sagemakerCaptureJson' in format || 'transforms' in format) throw new AnalyzerError('a bias baseline is made from a dataset with labels, not from captured requests');
  let taken = 0;
  let firstReason: string | undefined;
  const refuse = (origin: Origin, reason: string): void => {
    firstReason ??= reason;
    reject?.(origin, reason);
  };
  await readDataset(dataset, format, {
    row: (row, origin) => {
      try {
        take(row);
        taken++;
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        refuse(origin, error.message);
      }
    },
    reject: refuse,
  });
  if (taken === 0) throw new AnalyzerError(`no row of the baseline dataset could be analysed: ${firstReason ?? 'it is empty'}`);
}
