import { readFileSync } from 'node:fs';
import { BaselineFiles as FilesInS3, Constraints, CurrentBaseline, DatasetFormat, parseS3Uri, Statistics } from '../../lib/contract';
import { OptionError, PlantedDrift } from '../traffic/planted-drift';
import { Row, Table } from '../traffic/row';
import { readTable } from '../traffic/table-file';
import { CapturedTraffic, Columns, DriftPlan, QuietHours, SampledTraffic, TableTraffic, Traffic } from '../traffic/traffic';
import { S3 } from '../aws';
import { ProvidedDataset } from './datasets';
import { LoopBroken } from './loop-broken';
import { BaselineDataset, baselineDataset } from './monitored-endpoint';
import { MonitoringSchedule, WatchingMonitor } from './monitoring-schedule';
import { Stage } from './stage';

/** Files whose lines are captured records; every other is CSV. */
export const CAPTURED = /\.jsonl?$/;

/** What traffic a rehearsal plays. */
export interface TrafficOptions {
  readonly hours: number;
  /** Requests an hour, where they are drawn from the training data. */
  readonly recordsPerHour: number;
  readonly seed: number;
  readonly plan: DriftPlan;
  /** Hours without any request, counted from 0. */
  readonly quietHours: readonly number[];
  /** Datasets that are put into buckets of the assembly, where its baselines look for them. */
  readonly datasets?: readonly ProvidedDataset[];
  /** Hour, counted from 0, from whose beginning on no schedule fires; its dead man's switch has to tell of it. */
  readonly silentFrom?: number;
  /** Hour, counted from 0, from whose beginning on nothing is captured of what endpoints are asked; an alarm has to tell of it. */
  readonly captureStoppedFrom?: number;
  /** Traffic to play instead of rows drawn from the training data. */
  readonly file?: { readonly path: string; readonly header: boolean };
}

/** The files of a baseline. */
export interface BaselineFiles {
  readonly statistics: Statistics;
  readonly constraints: Constraints;
}

/** Reads the data-quality baseline that a schedule compares with; `undefined` while there is none. */
export function readBaseline({ aws: { s3 }, deployment: { assembly } }: Stage, schedule: MonitoringSchedule): BaselineFiles | undefined {
  const read = (uri: string): unknown => {
    const { bucket, key } = parseS3Uri(uri);
    return JSON.parse((assembly.assets.read(key) ?? s3.get(bucket, key).body).toString());
  };
  const files = baselineFiles(s3, dataQualityMonitor(schedule), read);
  if (files === undefined) return undefined;
  if (files.statisticsUri === undefined) throw new LoopBroken('baseline → Processing job', 'the baseline has no statistics', schedule.resource);
  return { statistics: read(files.statisticsUri) as Statistics, constraints: read(files.constraintsUri) as Constraints };
}

function baselineFiles(s3: S3, { baseline }: WatchingMonitor, read: (uri: string) => unknown): FilesInS3 | undefined {
  if (baseline.constraintsUri !== undefined) return baseline;
  const { bucket, key } = parseS3Uri(baseline.currentUri);
  return s3.list(bucket, key).length === 0 ? undefined : (read(baseline.currentUri) as CurrentBaseline).files;
}

/** The monitor that knows the columns of the requests. */
function dataQualityMonitor({ monitors, resource }: MonitoringSchedule): WatchingMonitor {
  const monitor = monitors.find(({ type }) => type === 'data-quality');
  if (monitor === undefined) throw new LoopBroken('baseline → Processing job', 'the schedule has no data-quality monitor', resource);
  return monitor;
}

/** A file of rows that traffic is drawn from. */
interface TrainingData {
  readonly file: string;
  readonly format: DatasetFormat;
  /** Columns that are no part of a request. */
  readonly answers: readonly string[];
}

/** The file of the data-quality baseline; fails with LoopBroken when the assembly does not hold it. */
export function trainingData(stage: Stage, schedule: MonitoringSchedule, datasets: readonly ProvidedDataset[] = []): TrainingData {
  const dataset = baselineDataset(stage, dataQualityMonitor(schedule));
  const file = dataset && (stage.deployment.assembly.assets.file(parseS3Uri(dataset.uri).key) ?? datasets[0]?.file);
  if (dataset === undefined || file === undefined) {
    throw new LoopBroken('traffic → endpoint',
      'the training data is no asset of the assembly: give it with --dataset FILE, or the traffic with --traffic FILE', schedule.resource);
  }
  return { file, format: dataset.config.datasetFormat, answers: excludedColumns(dataset) };
}

function excludedColumns({ config }: BaselineDataset): readonly string[] {
  return config.type === 'data-quality' ? config.analysis.excludedColumns : [];
}

/** The traffic that the options ask for. */
export async function chooseTraffic(
  stage: Stage, schedule: MonitoringSchedule, baseline: BaselineFiles | undefined, options: TrafficOptions,
): Promise<Traffic> {
  for (const drift of options.plan.planted) requirePlantable(drift, baseline?.constraints);
  const features = baseline?.constraints.features.map(({ name }) => name);
  return new QuietHours(await loudTraffic(stage, schedule, features, options), options.quietHours);
}

/** Numbers move and are mixed with text; categories are text's. */
export function requirePlantable({ feature, kind }: PlantedDrift, constraints: Constraints | undefined): void {
  if (constraints === undefined) throw new OptionError(`drift cannot be planted in ${JSON.stringify(feature)} while the baseline is pending`);
  const { features } = constraints;
  const constraint = features.find(({ name }) => name === feature);
  if (constraint === undefined) {
    throw new OptionError(`drift cannot be planted in ${JSON.stringify(feature)}: the features are ${features.map(({ name }) => name).join(', ')}`);
  }
  const isText = constraint.inferred_type === 'String';
  if (isText && kind === 'shift') throw new OptionError(`${feature} holds text, which cannot be shifted: plant a --category or a --null`);
  if (isText && kind === 'text') throw new OptionError(`${feature} holds text already: plant a --category`);
  if (!isText && kind === 'category') throw new OptionError(`${feature} holds numbers, not categories: plant a --shift or a --text`);
}

/** Without a baseline, whatever is no answer is a feature. */
async function loudTraffic(
  stage: Stage, schedule: MonitoringSchedule, known: readonly string[] | undefined, options: TrafficOptions,
): Promise<Traffic> {
  if (options.file !== undefined) {
    const dataset = baselineDataset(stage, dataQualityMonitor(schedule));
    return fileTraffic({ ...options, file: options.file }, known ?? [], dataset === undefined ? [] : excludedColumns(dataset));
  }
  const { file, format, answers } = trainingData(stage, schedule, options.datasets);
  const table = await readTable(file, format);
  const features = known ?? table.columns.filter(column => !answers.includes(column));
  return new SampledTraffic({ ...options, table, columns: { input: features, output: present(answers, table) } });
}

async function fileTraffic(
  options: TrafficOptions & Required<Pick<TrafficOptions, 'file'>>, features: readonly string[], answers: readonly string[],
): Promise<Traffic> {
  const { path, header } = options.file;
  if (CAPTURED.test(path)) {
    if (options.plan.planted.length > 0) throw new OptionError(`drift cannot be planted in captured records (${path}): give CSV with --header`);
    const lines = readFileSync(path, 'utf8').split('\n').filter(line => line.trim() !== '');
    if (lines.length === 0) throw new OptionError(`${path} holds no record`);
    return new CapturedTraffic(lines, options.hours);
  }
  const table = await readCsv(path, header);
  if (table.rows.length === 0) throw new OptionError(`${path} holds no row`);
  return new TableTraffic({ ...options, ...withColumns(table, header, features, answers) });
}

async function readCsv(path: string, header: boolean): Promise<Table> {
  try {
    return await readTable(path, { csv: { header } });
  } catch (error) {
    throw new OptionError(`${path} cannot be read as CSV: ${(error as Error).message.split('\n', 1)[0]}`, { cause: error });
  }
}

/** With a header, columns are matched by name, and what the baseline does not know comes last; without, they are the features in their order. */
function withColumns(table: Table, header: boolean, features: readonly string[], answers: readonly string[]): { table: Table; columns: Columns } {
  if (!header) {
    const columns = table.columns.map((_, i) => features[i] ?? `column ${i + 1}`);
    const renamed = (row: Row): Row => Object.fromEntries(table.columns.map((column, i) => [columns[i] ?? column, row[column] ?? null]));
    const rows = table.rows.map(renamed);
    return { table: { columns, rows }, columns: { input: columns, output: [] } };
  }
  const output = present(answers, table);
  const input = [...present(features, table), ...table.columns.filter(column => !features.includes(column) && !output.includes(column))];
  return { table, columns: { input, output } };
}

function present(columns: readonly string[], table: Table): string[] {
  return columns.filter(column => table.columns.includes(column));
}
