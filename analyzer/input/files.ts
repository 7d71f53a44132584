import { Dirent, readdirSync, Stats, statSync } from 'node:fs';
import path from 'node:path';
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
    .filter(isData)
    .map(entry => path.relative(dataset, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function isData(entry: Dirent): boolean {
  if (/^[._]/.test(entry.name)) return false;
  if (!entry.isSymbolicLink()) return entry.isFile();
  const place = path.join(entry.parentPath, entry.name);
  if (statSync(place, { throwIfNoEntry: false })?.isFile() === true) return true;
  throw new AnalyzerError(`${place} is a link that leads to no file; links to folders are not followed, bring what is in them`);
}

/** How large the files of a dataset are together, in bytes. */
export function sizeOf(dataset: string): number {
  const folder = folderOf(dataset);
  return listFiles(dataset).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}

function found(dataset: string): Stats {
  const stats = statSync(dataset, { throwIfNoEntry: false });
  if (stats === undefined || !(stats.isDirectory() || stats.isFile())) throw new AnalyzerError(`the dataset folder ${dataset} does not exist`);
  return stats;
}
