import { Command } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { inWords } from '../analysis/failure';
import { readLabels } from '../analysis/label-file';
import { withProgress } from '../analysis/progress';
import { instant } from './option-values';

interface Options {
  readonly schedule?: string;
  readonly to?: string;
  readonly header?: true;
  readonly collectedAt?: string;
  readonly json?: true;
}

/** `model-monitor ground-truth`: labels for the monitors of a deployed stack. */
export function groundTruthCommand(): Command {
  return new Command('ground-truth').description('Bring labels to a deployed stack.').addCommand(putCommand());
}

function putCommand(): Command {
  return new Command('put')
    .description('Check the labels of a file, every line of it, and upload them; a line that is no label has nothing uploaded.')
    .argument('<file>', 'lines of ground truth (.jsonl), or of CSV: id,label (.csv); the id is the request\'s inference id, else its event id')
    .option('--header', 'the CSV\'s first line names its columns')
    .option('--schedule <name>', 'the deployed schedule whose monitors need the labels')
    .option('--to <uri>', 'instead of a schedule: the folder that holds the years, s3://bucket/folder')
    .option('--collected-at <time>', 'when the labels became known, such as 2026-01-31T09:00:00Z, or with Model Monitor the hour of their requests; now unless given', instant)
    .option('--json', 'the outcome as JSON, for machines')
    .action(async (file: string, options: Options, command: Command) => {
      await inWords(command, () => put(file, options));
    });
}

async function put(file: string, { schedule, to, header, collectedAt, json }: Options): Promise<void> {
  if ((schedule === undefined) === (to === undefined)) throw new AnalyzerError('give one of them: --schedule NAME or --to s3://bucket/folder');
  const lines = await readLabels(file, header === true);
  const { groundTruthOf, putLabels } = await import('../aws/ground-truth.js');
  const { uri: folder, hourOf } = to === undefined ? await groundTruthOf(schedule ?? '') : { uri: to, hourOf: 'label' };
  if (hourOf === 'request' && collectedAt === undefined) {
    throw new AnalyzerError(`the schedule ${schedule ?? ''} is one of SageMaker Model Monitor, which looks for labels in the hour of their requests: give it with --collected-at`);
  }
  const uri = await withProgress(() => `uploading ${lines.length} labels`, () =>
    putLabels(lines, folder, collectedAt === undefined ? new Date() : new Date(collectedAt), file));
  process.stdout.write(json === true ? `${JSON.stringify({ labels: lines.length, uri })}\n` : `labels  ${lines.length}\nfile    ${uri}\n`);
}
