import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { TRAINING_DATA } from './generate';

/** The model that the endpoint starts with. */
export const FIRST_MODEL = path.join(__dirname, 'model', 'model.tar.gz');

/** The container's program, as it runs in the image. */
export const CONTAINER_PROGRAM = path.join(__dirname, 'container', 'main.mjs');

/** Trains on a file, exactly as SageMaker has the container do it, below a folder that stands for /opt/ml; returns the model's folder. */
export function trainIn(root: string, trainingData: string): string {
  const channel = path.join(root, 'input/data/train');
  mkdirSync(channel, { recursive: true });
  copyFileSync(trainingData, path.join(channel, 'data.csv'));
  execFileSync(process.execPath, [CONTAINER_PROGRAM, 'train', '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  return path.join(root, 'model');
}

/** Packs a model as SageMaker does, but so that the same model always gives the same bytes. */
export function pack(modelFolder: string): Buffer {
  const tar = execFileSync('tar', [
    '--create', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rw,go=r', '--format=ustar',
    '--directory', modelFolder, 'model.json',
  ]);
  return gzipSync(tar, { level: 9 });
}

/** The text of model.json in a packed model. */
export function unpack(archive: string): string {
  return execFileSync('tar', ['--extract', '--gzip', '--to-stdout', '--file', archive, 'model.json'], { encoding: 'utf8' });
}

function main(): void {
  const root = mkdtempSync(path.join(tmpdir(), 'churn-'));
  try {
    writeFileSync(FIRST_MODEL, pack(trainIn(root, TRAINING_DATA.file)));
  } finally {
    rmSync(root, { recursive: true });
  }
}

if (require.main === module) main();
