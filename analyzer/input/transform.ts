import { CaptureRecord, TransformSource } from '../../lib/contract';
import { CaptureReader } from './capture';
import { CapturedRequest } from './captured-request';
import { Line, readLines } from './lines';
import { attempt, Rejection } from './row';
import { contains } from './time-span';
import { transformAnswer } from './transform-answer';
import { LineFile, TransformPair } from './transform-files';

/** What transform jobs have made of which files. */
export interface Transforms extends Pick<TransformSource, 'encoding' | 'joinsInput'> {
  readonly files: readonly TransformPair[];
}

/** Reads what transform jobs have read and written, line by line: each is a request and its answer, of the hour in which the job began. */
export async function readTransforms(transforms: Transforms, readers: readonly CaptureReader[]): Promise<void> {
  for (const { hour, input, output } of transforms.files) {
    for await (const pair of linesBeside(input, output)) readPair(pair, hour, transforms, readers);
  }
}

/** A line of what a job has read, and the line that it has written for it. */
interface LinePair {
  readonly input: Line | undefined;
  readonly output: Line | undefined;
  /** Where a bad one is found. */
  readonly origin: Line;
  /** Whether a line of the other file is missing. */
  readonly isLone: boolean;
}

function readPair(pair: LinePair, hour: string | undefined, transforms: Transforms, readers: readonly CaptureReader[]): void {
  const time = hour === undefined ? undefined : Date.parse(hour);
  const request = attempt(() => CapturedRequest.of(recordOf(pair, hour, transforms), time ?? NaN));
  for (const reader of readers) {
    if (time !== undefined && !contains(reader.span, time)) reader.outside(1);
    else if (request instanceof Rejection) reader.reject(pair.origin, request.message);
    else reader.request(request, pair.origin);
  }
}

function recordOf({ input, output, origin, isLone }: LinePair, hour: string | undefined, { encoding, joinsInput }: Transforms): CaptureRecord {
  if (isLone) throw new Rejection(input === undefined ? 'the job has read fewer lines than it has written' : 'the job has written fewer lines than it has read');
  const read = input && textOf(input);
  const answer = output && transformAnswer(textOf(output), { encoding, hour, joined: joinsInput ? read : undefined });
  return {
    captureData: {
      ...(read !== undefined && { endpointInput: { data: read, encoding } }),
      ...(answer !== undefined && { endpointOutput: { data: answer.data, encoding } }),
    },
    eventMetadata: { eventId: answer?.id ?? `${origin.file}:${origin.line}`, inferenceTime: hour ?? '' },
  };
}

function textOf(line: Line): string {
  if (!line.isReadable) throw new Rejection('line is not UTF-8');
  return line.record.trimEnd();
}

async function* linesBeside(input: LineFile | undefined, output: LineFile | undefined): AsyncGenerator<LinePair> {
  const [inputs, outputs] = [linesOf(input), linesOf(output)];
  for (;;) {
    const [read, written] = [await next(inputs), await next(outputs)];
    const origin = written ?? read;
    if (origin === undefined) return;
    yield {
      input: read,
      output: written,
      origin,
      isLone: (read === undefined && input !== undefined) || (written === undefined && output !== undefined),
    };
  }
}

async function* linesOf(file: LineFile | undefined): AsyncGenerator<Line, undefined> {
  if (file === undefined) return;
  for await (const lines of readLines(file.path, file.name)) yield* lines;
}

async function next(lines: AsyncGenerator<Line, undefined>): Promise<Line | undefined> {
  return (await lines.next()).value;
}
