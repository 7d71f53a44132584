import { Command } from 'commander';
import path from 'node:path';
import * as z from 'zod';
import { readJson } from '../../analyzer/json-file';
import { baselineFileNames, anyBaselineFiles } from '../analysis/baseline-files';
import { showBaseline } from '../baseline-tables';
import { inWords } from '../analysis/failure';

/** `model-monitor baseline show`: the tables of a baseline. */
export function showCommand(): Command {
  return new Command('show')
    .description('Show a baseline: what it knows of each column, metric, group or feature.')
    .argument('<folder>', 'folder of the baseline, also one that Model Monitor or Clarify wrote')
    .option('--json', 'the files\' content, for machines')
    .action(async (folder: string, { json }: { json?: true }, command: Command) => {
      await inWords(command, () => {
        if (json === true) process.stdout.write(`${JSON.stringify(contentOf(folder))}\n`);
        else process.stdout.write(`${anyBaselineFiles(folder).map(showBaseline).join('\n')}\n`);
      });
    });
}

/** Each file by its name without `.json`. */
function contentOf(folder: string): Record<string, unknown> {
  anyBaselineFiles(folder);
  return Object.fromEntries(baselineFileNames(folder).map(file => [path.parse(file).name, readJson(path.join(folder, file), z.unknown(), 'baseline')]));
}
