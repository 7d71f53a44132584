// Prints how long the analyzer takes, beside DuckDB merely reading the same file and Deequ computing the same profile.
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { captureFile, csvFile, parquetFile } from '../bench/data.mjs';
import { deequ } from '../bench/deequ.mjs';
import { fastest, measureNode } from '../bench/process.mjs';
import { baselineWorkspace, executionWorkspace } from '../bench/workspaces.mjs';

const root = path.join(import.meta.dirname, '..');
const cache = path.join(root, 'node_modules', '.cache', 'bench');
const ANALYZER = path.join(root, 'assets', 'analyzer', 'index.js');
const SCAN = path.join(root, 'bench', 'duckdb-scan.mjs');
const KERNEL_SHAP = path.join(root, 'bench', 'kernel-shap.ts');
/** As many rows and columns as the service's container took 83 s for. */
const SMALL = { rows: 2333, columns: 70 };
const CASES = ['captured', 'csv', 'parquet', 'baseline', 'shap'];
const PEERS = ['duckdb', 'deequ'];
/** At most so many MB, whatever the number of rows. */
const MEMORY = 350;
/** At most so many times what DuckDB takes to scan, at least so many times as fast as Deequ. */
const LIKE_SCAN = 2;
const BEFORE_DEEQU = 10;
/** Whole processes, in seconds. */
const SMALL_SECONDS = 2;
const SHAP_SECONDS = 5;

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: CASES },
    peer: { type: 'string', multiple: true, default: PEERS },
  },
});
refuseOthers('only', CASES);
refuseOthers('peer', PEERS);
const rows = Number(options.rows);
const runs = Number(options.runs);
mkdirSync(cache, { recursive: true });

const profiler = options.peer.includes('deequ') ? deequ(cache) : { missing: 'not asked for' };
if (profiler.missing !== undefined) console.error(`Deequ is skipped: ${profiler.missing}`);

const cases = {
  captured: async () => {
    const file = captureFile(cache, rows);
    return { kind: 'captured', file, workspace: executionWorkspace(cache, file, await baseline()) };
  },
  csv: async () => {
    const file = csvFile(cache, rows);
    return { kind: 'csv', file, workspace: baselineWorkspace(cache, 'csv', file) };
  },
  parquet: async () => {
    const file = await parquetFile(cache, rows);
    return { kind: 'parquet', file, workspace: baselineWorkspace(cache, 'parquet', file) };
  },
  baseline: async () => {
    const file = csvFile(cache, SMALL.rows, SMALL.columns);
    return { kind: 'csv', title: `baseline ${SMALL.rows} × ${SMALL.columns}`, file, workspace: baselineWorkspace(cache, 'csv', file) };
  },
};

const table = new Table({ head: ['', 'ours s', 'CPU s', 'peak MB', 'DuckDB scan s', 'CPU s', 'ours / scan', 'CPU / CPU', 'into Node s', 'ours / that', 'Deequ s', 'Deequ / ours', 'goals'], style: { head: [], border: [] } });
for (const name of options.only.filter(name => name in cases)) table.push(await lineOf(name, await cases[name]()));
if (options.only.includes('shap')) {
  const { seconds, cpu, megabytes } = await fastest(runs, () => measureNode(KERNEL_SHAP, [], ['--import', 'tsx']));
  table.push(['KernelSHAP 300 × 20 × 100', seconds.toFixed(2), cpu.toFixed(2), megabytes.toFixed(0), '', '', '', '', '', '', '', '', goal(seconds, '<', SHAP_SECONDS, ' s')]);
}
const [{ model }] = os.cpus();
console.log(`${rows} rows × 20 columns, ${os.availableParallelism()} × ${model}, Node.js ${process.version}, load ${os.loadavg()[0].toFixed(1)}, fastest of ${runs} (Deequ: of 1), whole processes`);
console.log(table.toString());

async function lineOf(name, { kind, title = name, file, workspace }) {
  const ours = await fastest(runs, () => measureNode(ANALYZER, ['--root', workspace]));
  const scan = options.peer.includes('duckdb') ? await fastest(runs, () => measureNode(SCAN, [kind, file])) : undefined;
  const handedOver = scan && await fastest(runs, () => measureNode(SCAN, [kind, file, 'handed-over']));
  const profile = await profiler.measure?.(kind, file);
  return [
    title, ours.seconds.toFixed(2), ours.cpu.toFixed(2), ours.megabytes.toFixed(0),
    ...scan ? [scan.seconds.toFixed(2), scan.cpu.toFixed(2), (ours.seconds / scan.seconds).toFixed(2), (ours.cpu / scan.cpu).toFixed(2)] : ['', '', '', ''],
    ...handedOver ? [handedOver.seconds.toFixed(2), (ours.seconds / handedOver.seconds).toFixed(2)] : ['', ''],
    profile?.seconds.toFixed(1) ?? '', profile ? (profile.seconds / ours.seconds).toFixed(1) : '',
    goalsOf(name, ours, scan, profile),
  ];
}

/** What is asked of a case, and whether it is so. */
function goalsOf(name, ours, scan, profile) {
  if (name === 'baseline') return goal(ours.seconds, '<', SMALL_SECONDS, ' s');
  return [
    ...scan ? [goal(ours.seconds / scan.seconds, '≤', LIKE_SCAN, ' × scan')] : [],
    ...profile ? [goal(profile.seconds / ours.seconds, '≥', BEFORE_DEEQU, ' × Deequ')] : [],
    goal(ours.megabytes, '<', MEMORY, ' MB'),
  ].join('\n');
}

function goal(value, relation, limit, unit) {
  const isMet = { '<': value < limit, '≤': value <= limit, '≥': value >= limit }[relation];
  return `${relation} ${limit}${unit}: ${isMet ? 'met' : 'missed'}`;
}

/** Ends with what is allowed, where something else was given. */
function refuseOthers(option, allowed) {
  const others = options[option].filter(name => !allowed.includes(name));
  if (others.length === 0) return;
  console.error(`--${option} ${others.join(', ')}: it must be one of ${allowed.join(', ')}`);
  process.exit(1);
}

/** What the captured window is compared with. */
async function baseline() {
  const workspace = baselineWorkspace(cache, 'csv', csvFile(cache, Math.min(rows, 100_000)));
  await measureNode(ANALYZER, ['--root', workspace]);
  return workspace;
}
