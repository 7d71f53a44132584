import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { AnalyzerError } from '../analyzer-error';

/** Every file below a folder, by relative path in byte order: the order of the keys in S3. Marker and hidden files are no data. */
export function listFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new AnalyzerError(`the dataset folder ${folder} does not exist`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !/^[._]/.test(entry.name))
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
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
