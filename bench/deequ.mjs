import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measure } from './process.mjs';

/** Spark reaches into the JDK; newer JDKs want to be told. */
const OPENS = [
  'java.lang', 'java.lang.invoke', 'java.nio', 'java.net', 'java.util', 'java.util.concurrent', 'sun.nio.ch', 'sun.security.action', 'sun.util.calendar']
  .map(name => `--add-opens=java.base/${name}=ALL-UNNAMED`);

/** Deequ's profiler, built on first use; a reason where that cannot be. */
export function deequ(cache) {
  for (const [command, flag] of [['java', '-version'], ['mvn', '-version']]) {
    if (spawnSync(command, [flag], { stdio: 'ignore' }).status !== 0) return { missing: `${command} is not installed` };
  }
  const classPath = build(path.join(cache, 'deequ'));
  return { measure: (kind, file) => measure('java', [...OPENS, '-Xmx4g', '-cp', classPath, 'Profile', kind, file]) };
}

function build(output) {
  const dependencies = path.join(output, 'class-path');
  if (!existsSync(dependencies)) {
    mkdirSync(output, { recursive: true });
    const written = `${dependencies}.part`;
    execFileSync('mvn', ['-q', '-B', '-f', path.join(import.meta.dirname, 'deequ', 'pom.xml'), `-Doutput=${output}`,
      'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${written}`], { stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(dependencies, readFileSync(written, 'utf8').trim());
  }
  return [path.join(output, 'classes'), readFileSync(dependencies, 'utf8')].join(path.delimiter);
}
