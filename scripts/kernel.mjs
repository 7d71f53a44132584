// Compiles the kernel, which is written in AssemblyScript; what was compiled once is kept until its sources change.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCES = path.join(import.meta.dirname, '..', 'analyzer', 'kernel', 'assembly');

/** The kernel's module; `undefined` where the one in `file` is newer than its sources. */
export async function compileKernel(file) {
  const sources = [SOURCES, ...readdirSync(SOURCES).map(name => path.join(SOURCES, name))];
  if (existsSync(file) && sources.every(source => statSync(source).mtimeMs < statSync(file).mtimeMs)) return undefined;
  const { default: asc } = await import('assemblyscript/asc');
  let module;
  const { error, stderr } = await asc.main(['index.ts', '--config', 'asconfig.json', '--baseDir', SOURCES, '--outFile', 'kernel.wasm'], {
    writeFile: (_, contents) => module = Buffer.from(contents),
  });
  if (error) throw new Error(`the kernel does not compile\n${stderr.toString()}`);
  return module;
}
