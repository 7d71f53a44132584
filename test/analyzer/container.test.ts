import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { OWN_OUTPUT_COMMAND } from '../../analyzer/output-ownership';
import { ANALYZER, record, Workspace } from './workspace';

const dockerfile = readFileSync(path.join(ANALYZER, 'Dockerfile'), 'utf8');
const stages = dockerfile.split(/^FROM /m).slice(1);
const last = stages.at(-1)!;

/** Loaded before the program: whoever reaches for the network fails. */
const NO_NETWORK = `
const refuse = name => () => { throw new Error('network: ' + name); };
require('node:net').Socket.prototype.connect = refuse('connect');
for (const name of ['lookup', 'resolve']) require('node:dns')[name] = refuse(name);
globalThis.fetch = refuse('fetch');
`;

test('every stage has a pinned base for x86, and the last one does not run as root', () => {
  expect(stages).toHaveLength(2);
  for (const stage of stages) expect(stage).toMatch(/^--platform=linux\/amd64 node:22\.\d+\.\d+-bookworm-slim\b/);
  expect(last.match(/^USER .*$/gm)).toEqual(['USER node']);
  expect(stages[0]).toContain('RUN npm ci');
});

test('the user may run one command as root: the one with which the analyzer makes its output folders writable', () => {
  expect(last.match(/NOPASSWD: .*(?=' >)/g)).toEqual([`NOPASSWD: ${OWN_OUTPUT_COMMAND.join(' ')}`]);
});

test('the lock file holds the engine alone, in the version that the project has', () => {
  const lock = JSON.parse(readFileSync(path.join(ANALYZER, 'package-lock.json'), 'utf8'));
  const project = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8'));
  expect(lock.packages[''].dependencies).toEqual({ '@duckdb/node-bindings': project.optionalDependencies['@duckdb/node-bindings'] });
});

test('the lock file is whole, other platforms included: npm ci refuses one that is not', () => {
  const lock = JSON.parse(readFileSync(path.join(ANALYZER, 'package-lock.json'), 'utf8')) as { packages: Record<string, Record<string, object>> };
  const needed = Object.values(lock.packages)
    .flatMap(({ dependencies, optionalDependencies }) => Object.keys({ ...dependencies, ...optionalDependencies }));
  expect(Object.keys(lock.packages).sort()).toEqual(['', ...new Set(needed.map(name => `node_modules/${name}`))].sort());
});

describe('the entry point, in a folder that holds only what the Dockerfile copies, without network', () => {
  const image = mkdtempSync(path.join(os.tmpdir(), 'image-'));
  const app = path.join(image, 'app');
  const workspaces = [new Workspace(), new Workspace()] as const;
  const environment = { NODE_OPTIONS: `--require ${path.join(image, 'no-network.cjs')}` };
  const [, program] = /^ENTRYPOINT \["node", "(.*)"\]$/m.exec(last)!;

  beforeAll(() => {
    for (const [, from, files] of last.matchAll(/^COPY (--from=\S+ )?(.*) \.\/\S*$/gm)) {
      for (const file of files!.split(' ')) {
        if (from === undefined) cpSync(path.join(ANALYZER, file), path.join(app, file));
        else installLocked(path.join(image, file));
      }
    }
    writeFileSync(path.join(image, 'no-network.cjs'), NO_NETWORK);
  });
  afterAll(() => {
    for (const each of workspaces) each.remove();
    rmSync(image, { recursive: true, force: true });
  });

  test('makes a baseline and judges a window', () => {
    const [baseline, execution] = workspaces;
    const rows = Array.from({ length: 40 }, (_, index) => `${index},k${index % 2}`);
    expect(baseline.baselineOf(['n,k', ...rows].join('\n')).run(environment, path.join(image, program!))).toMatchObject({ status: 0, stderr: '' });
    execution.executionOf(baseline.baseline, { 'a.jsonl': [...rows, '5,k9'].map(row => record(row)).join('\n') });
    expect(execution.run(environment, path.join(image, program!))).toEqual({
      status: 0, stderr: '', message: 'CompletedWithViolations: Job completed successfully with 1 violations.',
    });
  });
});

/** What `npm ci` installs, from the packages that the project has already. */
function installLocked(target: string): void {
  const { packages } = JSON.parse(readFileSync(path.join(ANALYZER, 'package-lock.json'), 'utf8')) as { packages: Record<string, { optional?: boolean }> };
  const root = path.join(__dirname, '../..');
  mkdirSync(target, { recursive: true });
  for (const [name, { optional }] of Object.entries(packages).filter(([key]) => key !== '')) {
    const source = path.join(root, name);
    try {
      cpSync(source, path.join(path.dirname(target), name), { recursive: true });
    } catch (error) {
      if (optional !== true) throw error;
    }
  }
}
