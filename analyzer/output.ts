import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes a folder, and those that it lies in. One at a time: where none can be made, as below /proc, Node's own recursion never ends. */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Writes a JSON file, indented as the service does it. */
export function writeJson(folder: string, name: string, content: unknown): void {
  writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes one JSON value a line. */
export function writeJsonLines(folder: string, name: string, lines: readonly unknown[]): void {
  makeFolder(folder);
  writeFileSync(path.join(folder, name), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}
