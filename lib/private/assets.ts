import * as path from 'node:path';

/**
 * Absolute path of a bundle that ships inside this package.
 *
 * `lib/` (tests) and `dist/` (the published package) are siblings of `assets/`, so one relative path serves both.
 */
export function handlerAsset(name: string): string {
  return path.join(__dirname, '..', '..', 'assets', name);
}
