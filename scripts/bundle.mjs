// Bundles what ships: handlers, analyzer and command line, each into its own folder of assets/.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { compileKernel } from './kernel.mjs';

const root = path.join(import.meta.dirname, '..');
const assets = path.join(root, 'assets');
process.chdir(root);

const common = {
  bundle: true,
  write: false,
  outdir: 'assets',
  platform: 'node',
  format: 'cjs',
  minify: true,
  keepNames: true,
  mainFields: ['module', 'main'],
  legalComments: 'external',
  logLevel: 'warning',
  tsconfigRaw: '{}',
  // Native, installed beside the bundle; and large, a bundle of its own: each is loaded when it is needed.
  external: ['@duckdb/node-api', '@duckdb/node-bindings', './sagemaker-runtime.js', './vega.js'],
  // What is loaded late is a bundle, too: loading it as a module would take longer.
  supported: { 'dynamic-import': false },
  // Its build for Node awaits at the top level, which a CommonJS bundle cannot; plots are SVG and need no canvas.
  alias: { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' },
};

const handlers = filesIn('lambda').filter(name => existsSync(`lambda/${name}/index.ts`));
const bundles = [
  { target: 'node22', entryPoints: Object.fromEntries(handlers.map(name => [`${name}/index`, `lambda/${name}/index.ts`])) },
  { target: 'node20', entryPoints: { 'analyzer/index': 'analyzer/main.ts', 'baseline-check/index': 'analyzer/baseline-check.ts' } },
  { target: 'node20', entryPoints: { 'analyzer/vega': 'analyzer/report/vega.ts', 'cli/vega': 'analyzer/report/vega.ts' } },
  { target: 'node20', entryPoints: { 'analyzer/share-reader': 'analyzer/data-quality/share-reader.ts', 'cli/share-reader': 'analyzer/data-quality/share-reader.ts' } },
  { target: 'node20', entryPoints: { 'analyzer/parquet-reader': 'analyzer/input/parquet/parquet-reader.ts', 'cli/parquet-reader': 'analyzer/input/parquet/parquet-reader.ts' } },
  { target: 'node20', entryPoints: { 'analyzer/sagemaker-runtime': 'analyzer/model-explainability/sagemaker-runtime.ts' } },
  { target: 'node20', entryPoints: { 'cli/model-monitor': 'bin/model-monitor.ts', 'cli/lambda-worker': 'rehearsal/runtime/lambda-worker.ts' } },
];

const kernelFile = path.join(assets, 'analyzer', 'kernel.wasm');
const kernel = await compileKernel(kernelFile);
if (kernel !== undefined) write(kernelFile, kernel);
const built = await Promise.all(bundles.map(bundle => build({ ...common, ...bundle })));
const files = new Map([
  ...built.flatMap(({ outputFiles }) => outputFiles.map(({ path: file, contents }) => [file, Buffer.from(contents)])),
  // The command line runs the analyzer, too.
  [path.join(assets, 'cli', 'kernel.wasm'), readFileSync(kernelFile)],
  // These ship as they are.
  [path.join(assets, 'model-monitor/requests_only.py'), readFileSync('lib/monitoring/private/model-monitor/requests_only.py')],
  ...filesIn('analyzer/container').map(name => [path.join(assets, 'analyzer', name), readFileSync(`analyzer/container/${name}`)]),
]);

for (const [file, contents] of files) writeIfChanged(file, contents);
for (const file of filesIn(assets, { recursive: true }).map(name => path.join(assets, name))) {
  if (/\.(js|txt|json)$/.test(file) && !files.has(file)) rmSync(file);
}

function writeIfChanged(file, contents) {
  if (!existsSync(file) || !readFileSync(file).equals(contents)) write(file, contents);
}

/** Tests and synths that run at the same time see every file whole, the old one or the new. */
function write(file, contents) {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

function filesIn(folder, options) {
  return existsSync(folder) ? readdirSync(folder, options) : [];
}
