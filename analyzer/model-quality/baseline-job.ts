import path from 'node:path';
import { ReportFile } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { readInput } from '../input/read';
import { Origin, Rejection } from '../input/row';
import { timeSpan } from '../input/time-span';
import { Labels, readGroundTruth } from '../observation/ground-truth';
import { Observation, observationOf, observationsOf } from '../observation/observation';
import { makeFolder, writeJson } from '../output';
import { RejectedLog } from '../rejected-log';
import { BaselineTask, TaskOf } from '../task';
import { suggestConstraints } from './constraints';
import { emptyQuality } from './empty-quality';
import { Quality } from './quality';

type Task = TaskOf<BaselineTask, 'model-quality'>;

/** Writes how good the predictions of a dataset are, or of captured requests and their labels, and the constraints that this suggests. */
export async function makeModelQualityBaseline(task: Task): Promise<void> {
  const { output, analysis } = task;
  makeFolder(output);
  const quality = emptyQuality(analysis);
  const rejected = new RejectedLog(path.join(output, ReportFile.REJECTED), false);
  let firstReason: string | undefined;
  await readQuality(task, quality, (origin, reason) => {
    firstReason ??= reason;
    rejected.add(origin, reason);
  });
  rejected.close();
  const reason = firstReason === undefined ? '' : `; of ${rejected.count} rejected ones the first: ${firstReason}`;
  if (quality.rows === 0) {
    throw new AnalyzerError(`no row of the baseline has a prediction and a label${reason}`);
  }
  if (quality.onlyLabel !== undefined) {
    throw new AnalyzerError(`every row of the baseline has the label ${quality.onlyLabel}; quality needs rows of different labels: check which column is the label, or add rows${reason}`);
  }
  const statistics = quality.statistics();
  writeJson(output, ReportFile.STATISTICS, statistics);
  writeJson(output, ReportFile.CONSTRAINTS, suggestConstraints(statistics, analysis.problemType));
}

type Reject = (origin: Origin, reason: string) => void;

async function readQuality({ dataset, format, groundTruth }: Task, quality: Quality, reject: Reject): Promise<void> {
  const labels = groundTruth === undefined ? new Labels() : await readGroundTruth(groundTruth, reject);
  const take = (origin: Origin, observations: () => readonly Observation[]): void => {
    try {
      const counted = observations().map(observation => quality.read(observation));
      for (const count of counted) count();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      reject(origin, error.message);
    }
  };
  await readInput(dataset, format, [{
    span: timeSpan(undefined),
    row: (row, origin) => {
      take(origin, () => [observationOf(row)]);
    },
    request: (request, origin) => {
      take(origin, () => observationsOf(request, labels));
    },
    reject,
    outside: () => undefined,
  }]);
}
