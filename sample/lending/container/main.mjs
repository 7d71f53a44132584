// The entry point: `node main.mjs train|serve [--root DIR]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from './serve.mjs';
import { train } from './train.mjs';

const COMMANDS = { train, serve };

const { positionals: [name = ''], values: { root } } = parseArgs({ allowPositionals: true, options: { root: { type: 'string', default: '/opt/ml' } } });

try {
  if (!Object.hasOwn(COMMANDS, name)) throw new Error(`unknown command ${JSON.stringify(name)}: give one of ${Object.keys(COMMANDS).join(', ')}`);
  await COMMANDS[name](root);
} catch (error) {
  // Becomes the training job's FailureReason.
  mkdirSync(path.join(root, 'output'), { recursive: true });
  writeFileSync(path.join(root, 'output/failure'), error.message);
  console.error(error.message);
  process.exitCode = 1;
}
