import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CaptureRecord, GroundTruthRecord, IMAGE_ACCOUNTS } from '../../../lib/contract';
import { Environment } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { uuid } from '../../traffic/capture-file';

const REPOSITORY = 'sagemaker-model-monitor-groundtruth-merger';

/** The image of the service's merge job, which no job definition names: it lies beside that of the analyzer. */
export function mergeImage({ region, urlSuffix }: Pick<Environment, 'region' | 'urlSuffix'>): string {
  const account = IMAGE_ACCOUNTS[region]?.analyzer;
  if (account === undefined) throw new UnplayableError(`a monitor that needs labels in ${region}: AWS has no image there that merges them`);
  return `${account}.dkr.ecr.${region}.${urlSuffix}/${REPOSITORY}`;
}

/** Whether an image is that of the service's merge job. */
export function isMergeImage(imageUri: string): boolean {
  return imageUri.split('/').at(-1) === REPOSITORY;
}

/**
 * What the service's merge job does: each captured request that has a label is written with it, beside the hour in which it was captured; a request
 * without label is left out.
 */
export function mergeGroundTruth(captures: string, groundTruth: string, output: string): void {
  const labels = new Map(linesBelow(groundTruth).map((line) => {
    const { eventMetadata: { eventId }, groundTruthData } = JSON.parse(line.text) as GroundTruthRecord;
    return [eventId, groundTruthData];
  }));
  const merged = new Map<string, string[]>();
  for (const { folder, text } of linesBelow(captures)) {
    const record = JSON.parse(text) as CaptureRecord;
    const { eventMetadata: { eventId, inferenceId } } = record;
    const groundTruthData = labels.get(inferenceId ?? eventId);
    if (groundTruthData === undefined) continue;
    const lines = merged.get(folder) ?? [];
    merged.set(folder, lines);
    lines.push(JSON.stringify({ eventVersion: '0', groundTruthData, captureData: record.captureData, eventMetadata: record.eventMetadata }));
  }
  for (const [folder, lines] of merged) {
    mkdirSync(path.join(output, folder), { recursive: true });
    writeFileSync(path.join(output, folder, `part-00000-${uuid(folder)}.c000.jsonl`), lines.map(line => `${line}\n`).join(''));
  }
}

/** Lines of the files at any depth, each with the folder of its file. */
function linesBelow(root: string): { readonly folder: string; readonly text: string }[] {
  if (statSync(root, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).flatMap(entry =>
    readFileSync(path.join(entry.parentPath, entry.name), 'utf8').split('\n').filter(line => line.trim() !== '')
      .map(text => ({ folder: path.relative(root, entry.parentPath), text })));
}
