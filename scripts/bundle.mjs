// Bundles what ships: handlers, analyzer and command line, each into its own folder of assets/.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
process.chdir(root);

/** Native or loaded at run time: never inside a bundle. */
const external = ['@duckdb/node-api', 'canvas'];

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  minify: true,
  keepNames: true,
  mainFields: ['module', 'main'],
  legalComments: 'external',
  logLevel: 'warning',
  tsconfigRaw: '{}',
  external,
};

const handlers = readdirSync('lambda', { withFileTypes: true })
  .filter(entry => entry.isDirectory() && existsSync(`lambda/${entry.name}/index.ts`))
  .map(entry => entry.name);

const bundles = [
  { target: 'node22', entryPoints: Object.fromEntries(handlers.map(name => [`${name}/index`, `lambda/${name}/index.ts`])) },
  { target: 'node20', entryPoints: { 'analyzer/index': 'analyzer/main.ts' } },
  { target: 'node20', entryPoints: { 'cli/model-monitor': 'bin/model-monitor.ts' } },
];

rmSync('assets', { recursive: true, force: true });
for (const { entryPoints, target } of bundles) {
  const present = Object.fromEntries(Object.entries(entryPoints).filter(([, source]) => existsSync(source)));
  if (Object.keys(present).length > 0) await build({ ...common, entryPoints: present, target, outdir: 'assets' });
}

/** Files that lie beside a bundle as they are. */
const copies = [
  ['analyzer/container', 'assets/analyzer'],
];
for (const [from, to] of copies) {
  if (!existsSync(from)) continue;
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}
