import { TransformSource } from '../../lib/contract';
import { Rejection } from './row';

const HOUR = 3_600_000;
/** The two last columns that `GenerateInferenceId` adds: a UUID, and when the job began. */
const GENERATED = /^(.*),\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}),\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/s;
const OUTPUT = 'SageMakerOutput';
const ID = 'SageMakerInferenceId';
const TIME = 'SageMakerInferenceTime';

/** How a line was written. */
interface Written extends Pick<TransformSource, 'encoding'> {
  /** The hour in which the job began, if it is known. */
  readonly hour: string | undefined;
  /** What the line begins with, if it begins with what was read. */
  readonly joined: string | undefined;
}

/** What the model answered. */
interface Answer {
  readonly data: string;
  /** Absent where the job generated none. */
  readonly id?: string;
}

/**
 * The model's answer in a line that a transform job has written: without the id and the time that the job added, and without what it joined.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-batch.html
 */
export function transformAnswer(line: string, { encoding, hour, joined }: Written): Answer {
  return encoding === 'CSV' ? csvAnswer(line, hour, joined) : jsonAnswer(line, hour);
}

function csvAnswer(line: string, hour: string | undefined, joined: string | undefined): Answer {
  const [, generated, id, time] = GENERATED.exec(line) ?? [];
  requireHour(time, hour);
  const data = generated ?? line;
  if (joined !== undefined && !data.startsWith(`${joined},`)) throw new Rejection('the line does not begin with what was read, as joinsInput says');
  return { data: joined === undefined ? data : data.slice(joined.length + 1), ...id !== undefined && { id } };
}

/** A joined answer stands under a name of its own, beside what was read. */
function jsonAnswer(line: string, hour: string | undefined): Answer {
  const body = parse(line);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { data: line };
  const { [ID]: id, [TIME]: time, ...rest } = body as Readonly<Record<string, unknown>>;
  requireHour(time, hour);
  return { data: JSON.stringify(OUTPUT in rest ? rest[OUTPUT] : rest), ...typeof id === 'string' && { id } };
}

/** A later job may have written over what the manifest of this one names. */
function requireHour(time: unknown, hour: string | undefined): void {
  if (typeof time !== 'string' || hour === undefined) return;
  if (Math.floor(Date.parse(time) / HOUR) !== Math.floor(Date.parse(hour) / HOUR)) {
    throw new Rejection(`the file was written again by a transform job that began at ${time}: have each job write into a folder of its own`);
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Rejection('line is not valid JSON');
  }
}
