import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { BaselineRequest, parseS3Uri } from '../../lib/contract';
import { TemplateResource } from '../assembly/stack';
import { LoopBroken } from './loop-broken';
import { Stage } from './stage';

const HOUR = 3_600_000;

/** A dataset that somebody puts into a bucket of the assembly: before the deployment, or in the middle of an hour of traffic, counted from 1. */
export interface ProvidedDataset {
  readonly file: string;
  readonly hour?: number;
}

/** Puts datasets where the baselines of the assembly look for them: those that lie in one of its buckets, and are none of its assets. */
export function provideDatasets(stage: Stage, datasets: readonly ProvidedDataset[], start: Date): void {
  const wanted = stage.deployment.resources('Custom::ModelMonitorBaseline').filter(resource => isInBucket(stage, resource));
  requireProvided(stage, wanted, datasets);
  const places = new Set(wanted.map(resource => property(stage, resource, 'datasetUri')));
  for (const { file, hour } of datasets) {
    for (const place of places) {
      if (hour === undefined) put(stage, place, file);
      else arrive(stage, new Date(start.getTime() + (hour - 1 / 2) * HOUR), { place, file });
    }
  }
}

function arrive(stage: Stage, time: Date, { place, file }: { readonly place: string; readonly file: string }): void {
  stage.timeline.at(time, () => {
    put(stage, place, file);
    return Promise.resolve();
  });
}

/** What the deployment waits for has to be there. */
function requireProvided(stage: Stage, wanted: readonly TemplateResource[], datasets: readonly ProvidedDataset[]): void {
  if (datasets.some(({ hour }) => hour === undefined)) return;
  const missing = wanted.find(resource => property(stage, resource, 'continues') !== 'true');
  if (missing === undefined) return;
  throw new LoopBroken('dataset → baseline', `nothing lies at ${property(stage, missing, 'datasetUri')}: give the dataset with --dataset FILE`, missing);
}

function isInBucket(stage: Stage, resource: TemplateResource): boolean {
  const { bucket } = parseS3Uri(property(stage, resource, 'datasetUri'));
  return stage.deployment.byName('AWS::S3::Bucket', bucket) !== undefined;
}

/** Others may refer to custom resources that have not run yet. */
function property({ deployment }: Stage, resource: TemplateResource, name: keyof BaselineRequest): string {
  return String(deployment.value(resource, resource.properties[name]));
}

function put({ aws: { s3 } }: Stage, place: string, file: string): void {
  const { bucket, key } = parseS3Uri(place.endsWith('/') ? `${place}${path.basename(file)}` : place);
  s3.put(bucket, key, readFileSync(file));
}
