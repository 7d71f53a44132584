// Bundles what ships: handlers, analyzer and command line, each into its own folder of assets/.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
process.chdir(root);

/** Native or loaded at run time: never inside a bundle. */
const external = ['@duckdb/node-api'];

/** Its build for Node awaits at the top level, which a CommonJS bundle cannot; plots are SVG and need no canvas. */
const alias = { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' };

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
  alias,
};

const handlers = readdirSync('lambda', { withFileTypes: true })
  .filter(entry => entry.isDirectory() && existsSync(`lambda/${entry.name}/index.ts`))
  .map(entry => entry.name);

const bundles = [
  { target: 'node22', entryPoints: Object.fromEntries(handlers.map(name => [`${name}/index`, `lambda/${name}/index.ts`])) },
  { target: 'node20', entryPoints: { 'analyzer/index': 'analyzer/main.ts' } },
  { target: 'node20', entryPoints: { 'cli/model-monitor': 'bin/model-monitor.ts', 'cli/lambda-worker': 'rehearsal/runtime/lambda-worker.ts' } },
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
