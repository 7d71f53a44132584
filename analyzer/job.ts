import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { baselinePath, CaptureIndexName, ContainerEnvironment, ContainerPath, DataQualityAnalysis, DatasetFormat, Window } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { readJson } from './json-file';
import { ContainerRoot } from './container-root';

/** How the data came: captured by an endpoint, or brought as a dataset. */
export type InputFormat = { readonly sagemakerCaptureJson: { readonly captureIndexNames: readonly CaptureIndexName[] } } | DatasetFormat;

/** What an analysis reads and where it writes. */
interface Task {
  readonly dataset: string;
  readonly format: InputFormat;
  readonly output: string;
  readonly analysis: Partial<DataQualityAnalysis>;
}

/** Turns a dataset into statistics and constraints. */
export interface BaselineTask extends Task {
  readonly kind: 'baseline';
}

/** Judges a window by a baseline. */
export interface MonitoringTask extends Task {
  readonly kind: 'monitoring';
  readonly endpoint: string | undefined;
  readonly monitor: string | undefined;
  /** Absent: all there is. */
  readonly window: Window | undefined;
  readonly metricTime: string;
  readonly constraints: string;
  readonly statistics: string | undefined;
  /** Where the service collects metrics, when it does. */
  readonly cloudWatchFolder: string | undefined;
}

/** Names and values of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const SIDES = z.array(z.enum(['endpointInput', 'endpointOutput'])).min(1);
const TIME = z.iso.datetime({ offset: true });
const ANALYSIS = z.object({
  captureIndexNames: SIDES,
  excludedColumns: z.array(z.string()),
  sensitiveColumns: z.array(z.string()),
  comparisonMethod: z.enum(['Robust', 'Simple', 'Compatible']),
  comparisonThreshold: z.number(),
  minimumRows: z.number(),
});
const DATASET_FORMAT = z.union([
  z.object({ csv: z.object({ header: z.boolean() }) }),
  z.object({ json: z.object({ lines: z.literal(true) }) }),
  z.object({ parquet: z.object({}) }),
]);
const INPUT_FORMAT = z.union([z.object({ sagemakerCaptureJson: z.object({ captureIndexNames: SIDES }) }), DATASET_FORMAT]);
const BASELINE_CONFIG = z.object({ type: z.literal('data-quality'), datasetFormat: DATASET_FORMAT, analysis: ANALYSIS });
const EXECUTION_CONFIG = z.object({
  schedule: z.object({
    capture: z.object({ endpointName: z.string() }),
    monitors: z.array(z.object({ type: z.literal('data-quality'), name: z.string(), analysis: ANALYSIS })).min(1),
  }),
  window: z.object({ start: TIME, end: TIME }),
});

/** What there is to do: config.json rules where it is there, else the environment that the service sets. */
export function readTasks(root: ContainerRoot, environment: Environment): (BaselineTask | MonitoringTask)[] {
  const file = root.resolve(path.posix.join(ContainerPath.CONFIG, 'config.json'));
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return [environmentTask(root, environment)];
  const config = readJson(file, z.union([EXECUTION_CONFIG, BASELINE_CONFIG]), 'settings');
  const dataset = datasetOf(root, environment);
  if ('datasetFormat' in config) {
    const output = root.resolve(environment[ContainerEnvironment.OUTPUT_PATH] ?? ContainerPath.OUTPUT);
    return [{ kind: 'baseline', dataset, format: config.datasetFormat, output, analysis: config.analysis }];
  }
  return config.schedule.monitors.map(({ type, name, analysis }) => ({
    kind: 'monitoring',
    dataset,
    format: { sagemakerCaptureJson: { captureIndexNames: analysis.captureIndexNames } },
    output: root.resolve(path.posix.join(ContainerPath.OUTPUT, type)),
    analysis,
    endpoint: config.schedule.capture.endpointName,
    monitor: name,
    window: config.window,
    metricTime: environment[ContainerEnvironment.METRIC_TIME] ?? config.window.start,
    constraints: root.resolve(baselinePath(type, 'constraints')),
    statistics: root.resolve(baselinePath(type, 'statistics')),
    cloudWatchFolder: cloudWatchFolder(root, environment),
  }));
}

/** Without a baseline there is one to be made, as in the service. */
function environmentTask(root: ContainerRoot, environment: Environment): BaselineTask | MonitoringTask {
  const given = (name: string): string | undefined => environment[name] === '' ? undefined : environment[name];
  const place = (name: string): string | undefined => {
    const value = given(name);
    return value === undefined ? undefined : root.resolve(value);
  };
  const format = inputFormat(given(ContainerEnvironment.DATASET_FORMAT));
  const constraints = place(ContainerEnvironment.BASELINE_CONSTRAINTS);
  const output = place(ContainerEnvironment.OUTPUT_PATH) ?? root.resolve(ContainerPath.OUTPUT);
  const task = { dataset: datasetOf(root, environment), format, output, analysis: {} };
  if (constraints === undefined) return { kind: 'baseline', ...task };
  const window = windowOf(given(ContainerEnvironment.START_TIME), given(ContainerEnvironment.END_TIME));
  return {
    kind: 'monitoring',
    ...task,
    endpoint: given(ContainerEnvironment.ENDPOINT_NAME),
    monitor: given(ContainerEnvironment.SCHEDULE_NAME),
    window,
    metricTime: given(ContainerEnvironment.METRIC_TIME) ?? window?.start ?? new Date().toISOString(),
    constraints,
    statistics: place(ContainerEnvironment.BASELINE_STATISTICS),
    cloudWatchFolder: cloudWatchFolder(root, environment),
  };
}

function inputFormat(value: string | undefined): InputFormat {
  const name = ContainerEnvironment.DATASET_FORMAT;
  if (value === undefined) throw new AnalyzerError(`there is neither a config.json in ${ContainerPath.CONFIG} nor the environment variable ${name}`);
  try {
    return INPUT_FORMAT.parse(JSON.parse(value));
  } catch {
    throw new AnalyzerError(`${name} is ${value}; it must be {"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}, {"csv":{"header":true}}, {"json":{"lines":true}} or {"parquet":{}}`);
  }
}

function windowOf(start: string | undefined, end: string | undefined): Window | undefined {
  if (start === undefined && end === undefined) return undefined;
  const times = [[ContainerEnvironment.START_TIME, start], [ContainerEnvironment.END_TIME, end]] as const;
  for (const [name, value] of times) {
    if (!TIME.safeParse(value).success) throw new AnalyzerError(`${name} is ${value ?? 'not set'}; it must be an ISO 8601 time such as 2026-01-31T09:00:00Z`);
  }
  return { start: start ?? '', end: end ?? '' };
}

function datasetOf(root: ContainerRoot, environment: Environment): string {
  return root.resolve(environment[ContainerEnvironment.DATASET_SOURCE] ?? ContainerPath.DATASET);
}

function cloudWatchFolder(root: ContainerRoot, environment: Environment): string | undefined {
  return environment[ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS] === 'Enabled' ? root.resolve(ContainerPath.CLOUDWATCH_METRICS) : undefined;
}
