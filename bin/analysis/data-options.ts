import { existsSync, statSync } from 'node:fs';
import { Option } from 'commander';
import { AnalyzerError } from '../../analyzer/analyzer-error';
import { InputFormat } from '../../analyzer/task';
import { CaptureIndexName, DatasetFormat, Window } from '../../lib/contract';
import { instant } from '../commands/option-values';
import { MonitorCommand } from '../monitors/monitor-command';
import { refuseTransformOptions, TRANSFORM_FOLDERS, TRANSFORM_OPTIONS, TransformOptions, transformsOf } from './transform-options';

/** Where the data of a baseline or an analysis are. */
export interface DataOptions extends TransformOptions {
  readonly dataset?: string;
  readonly capture?: string;
  readonly header?: true;
  readonly groundTruth?: string;
}

/** Which of the captured requests are analysed. */
export interface WindowOptions {
  readonly start?: string;
  readonly end?: string;
}

/** What is read, and how. */
export interface Data {
  readonly dataset: string;
  readonly format: InputFormat;
  readonly groundTruth: string | undefined;
}

export const DATA_OPTIONS: readonly Option[] = [
  new Option('--dataset <file>', 'rows: .csv, .jsonl (JSON lines) or .parquet; the first two also as .gz').conflicts(['capture', ...TRANSFORM_FOLDERS]),
  new Option('--header', 'the CSV\'s first line names its columns'),
  new Option('--capture <folder>', 'requests that an endpoint captured, at any depth; or one file of them').conflicts([...TRANSFORM_FOLDERS]),
  ...TRANSFORM_OPTIONS,
];

export const WINDOW_OPTIONS: readonly Option[] = [
  new Option('--start <time>', 'of captured requests, analyse those from this time on, such as 2026-01-31T09:00:00Z').argParser(instant),
  new Option('--end <time>', 'and before this one').argParser(instant),
];

export const GROUND_TRUTH = new Option('--ground-truth <folder>', 'labels of captured requests: JSON lines, at any depth').conflicts('dataset');

/** What the options name, or why it cannot be read. */
export function dataOf(options: DataOptions, { needsLabels }: MonitorCommand, sides: readonly CaptureIndexName[]): Data {
  const { dataset, capture, transformInput, transformOutput, header, groundTruth } = options;
  const place = dataset ?? capture ?? transformOutput ?? transformInput;
  if (place === undefined) throw new AnalyzerError('give the data: --dataset FILE, --capture FOLDER, or --transform-input and --transform-output FOLDER');
  for (const given of [place, transformInput ?? place]) if (!existsSync(given)) throw new AnalyzerError(`${given} does not exist`);
  const format = formatOf(options, sides);
  if (header === true && !('csv' in format)) throw new AnalyzerError('--header goes with --dataset and a CSV file');
  if (!('transforms' in format)) refuseTransformOptions(options);
  if (needsLabels && dataset === undefined && groundTruth === undefined) {
    throw new AnalyzerError(`${capture === undefined ? 'transformed' : 'captured'} requests hold no labels: give --ground-truth FOLDER`);
  }
  if (groundTruth !== undefined && !existsSync(groundTruth)) throw new AnalyzerError(`the ground truth ${groundTruth} does not exist`);
  return { dataset: place, format, groundTruth };
}

function formatOf({ dataset, capture, header, ...options }: DataOptions, sides: readonly CaptureIndexName[]): InputFormat {
  if (dataset !== undefined) return datasetFormat(dataset, header === true);
  return capture === undefined ? { transforms: transformsOf(options, sides) } : { sagemakerCaptureJson: { captureIndexNames: sides } };
}

/** The window that the options name; absent: all there is. */
export function windowOf({ start, end }: WindowOptions, { capture, dataset }: DataOptions): Window | undefined {
  if (start === undefined && end === undefined) return undefined;
  if (capture === undefined) throw new AnalyzerError(`--start and --end go with --capture: ${dataset === undefined ? 'the lines of transform jobs' : 'the rows of a dataset'} have no time`);
  if (start === undefined || end === undefined) throw new AnalyzerError(`give --start and --end together, got only --${start === undefined ? 'end' : 'start'}`);
  if (start >= end) throw new AnalyzerError(`--end ${end} is not after --start ${start}`);
  return { start, end };
}

function datasetFormat(file: string, header: boolean): DatasetFormat {
  if (!statSync(file).isFile()) throw new AnalyzerError(`${file} is no file: give one file with --dataset, or a folder of captured requests with --capture`);
  if (statSync(file).size === 0) throw new AnalyzerError(`${file} is empty: give a file of rows`);
  const [, extension = '', zipped] = /\.([a-z]+)(\.gz)?$/i.exec(file) ?? [];
  switch (extension.toLowerCase()) {
    case 'csv': return { csv: { header } };
    case 'jsonl': case 'ndjson': case 'json': return { json: { lines: true } };
    case 'parquet':
      if (zipped === undefined) return { parquet: {} };
      throw new AnalyzerError(`${file} is packed twice, Parquet packs by itself: give the .parquet file`);
    default: throw new AnalyzerError(`what ${file} holds cannot be told from its name: it must end in .csv, .jsonl or .parquet, the first two also with .gz`);
  }
}
