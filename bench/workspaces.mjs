import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ANALYSIS = {
  captureIndexNames: ['endpointInput'], excludedColumns: [], sensitiveColumns: [], comparisonMethod: 'Robust', comparisonThreshold: 0.1, minimumRows: 30,
};
const FORMATS = { csv: { csv: { header: true } }, parquet: { parquet: {} } };

/** A folder that stands for /opt/ml, with a baseline job over a file. */
export function baselineWorkspace(cache, kind, file) {
  const root = emptyWorkspace(cache);
  place(root, file);
  writeJson(root, 'input/config/config.json', { type: 'data-quality', datasetFormat: FORMATS[kind], analysis: ANALYSIS });
  return root;
}

/** A folder that stands for /opt/ml, with an execution over captured records, by the baseline of another. */
export function executionWorkspace(cache, file, baseline) {
  const root = emptyWorkspace(cache);
  place(root, file);
  for (const name of ['constraints', 'statistics']) {
    const folder = path.join(root, 'processing', 'baseline', `data-quality-${name}`);
    mkdirSync(folder, { recursive: true });
    linkSync(path.join(baseline, 'processing', 'output', `${name}.json`), path.join(folder, `${name}.json`));
  }
  writeJson(root, 'input/config/config.json', {
    window: { start: '2026-01-31T09:00:00.000Z', end: '2026-01-31T10:00:00.000Z' },
    schedule: {
      capture: { endpointName: 'bench', variantName: 'AllTraffic', uri: 's3://bucket/capture' },
      monitors: [{ type: 'data-quality', name: 'bench', analysis: ANALYSIS }],
    },
  });
  return root;
}

/** Beside the data, so that files are linked, not copied. */
function emptyWorkspace(cache) {
  const root = mkdtempSync(path.join(cache, 'workspace-'));
  process.on('exit', () => rmSync(root, { recursive: true, force: true }));
  return root;
}

function place(root, file) {
  const folder = path.join(root, 'processing', 'input', 'dataset');
  mkdirSync(folder, { recursive: true });
  linkSync(file, path.join(folder, path.basename(file)));
}

function writeJson(root, file, content) {
  const target = path.join(root, 'processing', file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, JSON.stringify(content));
}
