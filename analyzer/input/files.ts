import { createReadStream, readdirSync, Stats, statSync } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { AnalyzerError } from '../analyzer-error';

/** What a dataset lies in: itself where it is a folder, else the folder of its one file. */
export function folderOf(dataset: string): string {
  return found(dataset).isFile() ? path.dirname(dataset) : dataset;
}

/**
 * Every file of a dataset, relative to its folder in byte order: the order of the keys in S3. Marker and hidden files are no data; a file that is
 * the whole dataset is, whatever its name.
 */
export function listFiles(dataset: string): string[] {
  if (found(dataset).isFile()) return [path.basename(dataset)];
  return readdirSync(dataset, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/^[._]/.test(entry.name))
    .map(entry => path.relative(dataset, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function found(dataset: string): Stats {
  const stats = statSync(dataset, { throwIfNoEntry: false });
  if (stats === undefined || !(stats.isDirectory() || stats.isFile())) throw new AnalyzerError(`the dataset folder ${dataset} does not exist`);
  return stats;
}

/** A line that is not blank, and its number counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a file, unpacked if it ends in .gz, a batch at a time. Splits at `\n` only: JSON text may hold the other separators of Unicode. */
export async function* readLines(file: string): AsyncGenerator<Line[]> {
  let number = 0;
  let rest = '';
  const take = (lines: readonly string[]): Line[] => lines
    .map(text => ({ number: ++number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text }))
    .filter(line => line.text.trim() !== '');
  for await (const chunk of textOf(file)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield take(lines);
  }
  yield take([rest]);
}

function textOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith('.gz')) return bytes.setEncoding('utf8') as AsyncIterable<string>;
  const unpacked = createGunzip();
  // A pipe does not hand on that its source failed.
  bytes.on('error', error => unpacked.destroy(error)).pipe(unpacked);
  return unpacked.setEncoding('utf8') as AsyncIterable<string>;
}
