import { Option } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { Transforms } from '../../analyzer/input/transform';
import { pairsOf } from '../../analyzer/input/transform-files';
import { CaptureIndexName } from '../../lib/contract';

/** What batch transform jobs have read and written, in the words of `MonitoringInput.batchTransform`. */
export interface TransformOptions {
  readonly transformInput?: string;
  readonly transformOutput?: string;
  readonly transformFormat?: Transforms['encoding'];
  readonly joinsInput?: true;
}

/** The options that name data; other kinds of data conflict with them. */
export const TRANSFORM_FOLDERS: readonly (keyof TransformOptions)[] = ['transformInput', 'transformOutput'];

export const TRANSFORM_OPTIONS: readonly Option[] = [
  new Option('--transform-input <folder>', 'what batch transform jobs read, a request a line; or one file of it'),
  new Option('--transform-output <folder>', 'what they wrote, NAME.out for the file NAME; or one file of it'),
  new Option('--transform-format <format>', 'how both are written down; CSV unless given').choices(['CSV', 'JSON']),
  new Option('--joins-input', 'each line of CSV that they wrote begins with the one that they read'),
];

/** What there is to read, or why it cannot be. */
export function transformsOf(options: TransformOptions, sides: readonly CaptureIndexName[]): Transforms {
  const { transformInput, transformOutput, transformFormat: encoding = 'CSV', joinsInput } = options;
  const need = (option: string, why: string): AnalyzerError => new AnalyzerError(`${why}: give ${option}`);
  if (sides.includes('endpointInput') && transformInput === undefined) throw need('--transform-input', 'this monitor looks at what the transform jobs read');
  if (sides.includes('endpointOutput') && transformOutput === undefined) throw need('--transform-output', 'this monitor looks at what the transform jobs wrote');
  if (joinsInput === true && encoding !== 'CSV') throw new AnalyzerError('--joins-input is told of CSV alone: in JSON lines what is joined has a name, so leave it out');
  if (joinsInput === true && transformInput === undefined) throw need('--transform-input', '--joins-input takes from there what a line begins with');
  return { encoding, joinsInput: joinsInput === true, files: pairsOf(transformInput, transformOutput) };
}

/** Refuses what would be without effect. */
export function refuseTransformOptions({ transformFormat, joinsInput }: TransformOptions): void {
  if (transformFormat === undefined && joinsInput === undefined) return;
  throw new AnalyzerError(`${joinsInput === undefined ? '--transform-format' : '--joins-input'} goes with --transform-input and --transform-output`);
}
