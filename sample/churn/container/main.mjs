// The entry point: `node main.mjs preprocess|train|evaluate|serve [--root DIR]`.
import { parseArgs } from 'node:util';
import { evaluate } from './evaluate.mjs';
import { reportFailure } from './failure.mjs';
import { containerPaths } from './paths.mjs';
import { preprocess } from './preprocess.mjs';
import { leaveRoot } from './privileges.mjs';
import { serve } from './serve.mjs';
import { train } from './train.mjs';

const COMMANDS = { preprocess, train, evaluate, serve };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { root: { type: 'string', default: '/opt/ml' } } });
const [name = ''] = positionals;
const paths = containerPaths(values.root);

try {
  if (!Object.hasOwn(COMMANDS, name)) throw new Error(`unknown command ${JSON.stringify(name)}: give one of ${Object.keys(COMMANDS).join(', ')}`);
  leaveRoot(paths, process.env.CONTAINER_USER);
  await COMMANDS[name](paths);
} catch (error) {
  reportFailure(paths, error);
}
