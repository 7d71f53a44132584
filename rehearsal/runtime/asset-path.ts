import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** Path of something that ships in the package's assets; sources and bundles lie at different depths below its root. */
export function assetPath(...segments: string[]): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json')) || !existsSync(path.join(folder, 'assets'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`the folder assets/ is missing: run npm run bundle`);
    folder = parent;
  }
  return path.join(folder, 'assets', ...segments);
}
