import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true }).map(file => path.join(folder, String(file))).filter(file => file.endsWith('.md'));
}

function read(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

test('every TypeScript snippet of the documentation compiles', () => {
  const snippets = PAGES.flatMap(page => [...read(page).matchAll(/```ts\n(.*?)```/gs)].map(([, code], i) => [path.join(ROOT, `${page}.${i}.ts`), code!] as const));
  const sources = new Map(snippets);
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node20, types: ['node'],
    paths: { 'cdk-model-monitor': [path.join(ROOT, 'lib/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  host.fileExists = file => sources.has(file) || ts.sys.fileExists(file);
  host.readFile = file => sources.get(file) ?? ts.sys.readFile(file);

  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host));

  expect(sources.size).toBeGreaterThan(0);
  expect(diagnostics.map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
});

test('each of the 24 facts of CloudFormation and of the 13 pains of users has its row', () => {
  const numbers = [...read('docs/guides/pains.md').matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));

  expect(numbers).toEqual([...Array.from({ length: 24 }, (_, i) => i + 1), ...Array.from({ length: 13 }, (_, i) => i + 1)]);
});

test.each(PAGES)('%s links to what exists', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!);

  expect(links.filter(link => !existsSync(path.join(ROOT, path.dirname(page), link)))).toEqual([]);
});

test('each pain is made impossible or explained, and has a test that shows it', () => {
  const rows = [...read('docs/guides/pains.md').matchAll(/^\| \d+ \|.*$/gm)].map(([row]) => row);

  expect(rows.filter(row => row.includes('not solved') || !/`(test|scripts)\/[^`]+` \|$/.test(row))).toEqual([]);
});

test.each(['lifecycle', 'pains'])('every path in backticks that the guide of %s names exists', (guide) => {
  const paths = [...read(`docs/guides/${guide}.md`).matchAll(/`((?:test|scripts)\/[\w./-]+)`/g)].map(([, file]) => file!);

  expect(paths.filter(file => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
