import { statSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { baselinePath, ContainerEnvironment, ContainerPath, TypedAnalysis, Window } from '../lib/contract';
import { AnalyzerError } from './analyzer-error';
import { SIDES, TYPED_ANALYSIS } from './analysis-schema';
import { ContainerRoot, Environment } from './container-root';
import { environmentAnalysis } from './environment-analysis';
import { capturedPairs } from './input/transform-files';
import { readJson } from './json-file';
import { BaselineTask, ExecutionTask, InputFormat } from './task';

const TIME = z.iso.datetime({ offset: true });
const DATASET_FORMAT = z.union([
  z.object({ csv: z.object({ header: z.boolean() }) }),
  z.object({ json: z.object({ lines: z.literal(true) }) }),
  z.object({ parquet: z.object({}) }),
]);
const CAPTURE_FORMAT = z.object({ captureIndexNames: SIDES });
const INPUT_FORMAT = z.union([
  z.object({ sagemakerCaptureJson: CAPTURE_FORMAT }), z.object({ sagemakerMergeJson: CAPTURE_FORMAT }), DATASET_FORMAT,
]);
const BASELINE_CONFIG = TYPED_ANALYSIS.and(z.object({ datasetFormat: DATASET_FORMAT }));
const EXECUTION_CONFIG = z.object({
  schedule: z.object({
    capture: z.object({
      endpointName: z.string().optional(),
      transform: z.object({ encoding: z.enum(['CSV', 'JSON']), joinsInput: z.boolean() }).optional(),
    }),
    groundTruth: z.object({}).optional(),
    monitors: z.array(TYPED_ANALYSIS.and(z.object({ name: z.string() }))).min(1),
  }),
  window: z.object({ start: TIME, end: TIME }),
  transforms: z.array(z.object({ hour: TIME, input: z.string().optional(), output: z.string().optional() })).default([]),
});

/** What there is to do: config.json rules where it is there, else the environment that the service sets. */
export function readTask(root: ContainerRoot, environment: Environment): BaselineTask | ExecutionTask {
  const file = root.resolve(path.posix.join(ContainerPath.CONFIG, 'config.json'));
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return environmentTask(root, environment);
  return 'schedule' in readJson(file, z.looseObject({}), 'settings') ? executionTask(file, root, environment) : baselineTask(file, root, environment);
}

function baselineTask(file: string, root: ContainerRoot, environment: Environment): BaselineTask {
  const { datasetFormat: format, ...typed } = readJson(file, BASELINE_CONFIG, 'settings');
  const output = root.resolve(environment[ContainerEnvironment.OUTPUT_PATH] ?? ContainerPath.OUTPUT);
  return { kind: 'baseline', dataset: root.dataset(environment), format, output, ...typedAnalysis(typed) };
}

function executionTask(file: string, root: ContainerRoot, environment: Environment): ExecutionTask {
  const { schedule, window, transforms: files } = readJson(file, EXECUTION_CONFIG, 'settings');
  const dataset = root.dataset(environment);
  const { endpointName, transform } = schedule.capture;
  return {
    kind: 'execution',
    dataset,
    format: transform ? { transforms: { ...transform, files: capturedPairs(dataset, files) } } : { sagemakerCaptureJson: { captureIndexNames: ['endpointInput', 'endpointOutput'] } },
    groundTruth: schedule.groundTruth && root.resolve(ContainerPath.GROUND_TRUTH),
    endpoint: endpointName,
    window,
    metricTime: environment[ContainerEnvironment.METRIC_TIME] ?? window.start,
    cloudWatchFolder: cloudWatchFolder(root, environment),
    monitors: schedule.monitors.map(monitor => ({
      ...typedAnalysis(monitor),
      name: monitor.name,
      output: root.resolve(path.posix.join(ContainerPath.OUTPUT, monitor.type)),
      constraints: root.resolve(baselinePath(monitor.type, 'constraints')),
      statistics: 'captureIndexNames' in monitor.analysis || 'problemType' in monitor.analysis ? root.resolve(baselinePath(monitor.type, 'statistics')) : undefined,
    })),
  };
}

/** The pair alone: type and analysis belong together. */
function typedAnalysis({ type, analysis }: z.infer<typeof TYPED_ANALYSIS>): TypedAnalysis {
  return { type, analysis } as TypedAnalysis;
}

/** Without a baseline there is one to be made, as in the service. */
function environmentTask(root: ContainerRoot, environment: Environment): BaselineTask | ExecutionTask {
  const given = (name: string): string | undefined => environment[name] === '' ? undefined : environment[name];
  const place = (name: string): string | undefined => {
    const value = given(name);
    return value === undefined ? undefined : root.resolve(value);
  };
  const { format, isMerged } = inputFormat(given(ContainerEnvironment.DATASET_FORMAT));
  const dataset = root.dataset(environment);
  const constraints = place(ContainerEnvironment.BASELINE_CONSTRAINTS);
  const output = place(ContainerEnvironment.OUTPUT_PATH) ?? root.resolve(ContainerPath.OUTPUT);
  const typed = environmentAnalysis(root, given, format);
  const groundTruth = isMerged ? dataset : place(ContainerEnvironment.GROUND_TRUTH_SOURCE);
  if (constraints === undefined) return { kind: 'baseline', dataset, format, output, groundTruth, ...typed };
  const window = windowOf(given(ContainerEnvironment.START_TIME), given(ContainerEnvironment.END_TIME));
  return {
    kind: 'execution',
    dataset,
    format,
    groundTruth,
    endpoint: given(ContainerEnvironment.ENDPOINT_NAME),
    window,
    metricTime: given(ContainerEnvironment.METRIC_TIME) ?? window?.start ?? new Date().toISOString(),
    cloudWatchFolder: cloudWatchFolder(root, environment),
    monitors: [{
      ...typed, name: given(ContainerEnvironment.SCHEDULE_NAME), output, constraints, statistics: place(ContainerEnvironment.BASELINE_STATISTICS),
    }],
  };
}

/** The format, and whether the service's merge job has written the label into each line of the captures. */
function inputFormat(value: string | undefined): { readonly format: InputFormat; readonly isMerged: boolean } {
  const name = ContainerEnvironment.DATASET_FORMAT;
  if (value === undefined) throw new AnalyzerError(`there is neither a config.json in ${ContainerPath.CONFIG} nor the environment variable ${name}`);
  try {
    const format = INPUT_FORMAT.parse(JSON.parse(value));
    return 'sagemakerMergeJson' in format ? { format: { sagemakerCaptureJson: format.sagemakerMergeJson }, isMerged: true } : { format, isMerged: false };
  } catch {
    throw new AnalyzerError(`${name} is ${value}; it must be {"sagemakerCaptureJson":{"captureIndexNames":["endpointInput"]}}, sagemakerMergeJson of the same, {"csv":{"header":true}}, {"json":{"lines":true}} or {"parquet":{}}`);
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

function cloudWatchFolder(root: ContainerRoot, environment: Environment): string | undefined {
  return environment[ContainerEnvironment.PUBLISH_CLOUDWATCH_METRICS] === 'Enabled' ? root.resolve(ContainerPath.CLOUDWATCH_METRICS) : undefined;
}
