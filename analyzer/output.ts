import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a JSON file, indented as the service does it. */
export function writeJson(folder: string, name: string, content: unknown): void {
  writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes one JSON value a line. */
export function writeJsonLines(folder: string, name: string, lines: readonly unknown[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}
