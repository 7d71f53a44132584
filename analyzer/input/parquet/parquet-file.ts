import { on } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { AnalyzerError } from '../../analyzer-error';
import { advancePhase, isHeard } from '../../progress';
import { Chunk, ColumnPart } from '../chunk';
import { handOver, RowSink } from '../row-sink';
import { unpack } from './packed-chunk';
import type { ParquetAnswer, ParquetRequest } from './parquet-reader';
import { ReaderThread, readerThread } from './reader-thread';

/** Reads the rows of a Parquet file in the order in which they stand. While this thread looks at some, another one takes the next out of the file. */
export async function readParquetFile(folder: string, file: string, sink: RowSink): Promise<void> {
  const thread = readerThread();
  thread.hold();
  try {
    await readBy(thread, folder, file, sink);
  } finally {
    thread.letGo();
  }
}

async function readBy(thread: ReaderThread, folder: string, file: string, sink: RowSink): Promise<void> {
  const ask = (request: ParquetRequest, transferred: readonly ArrayBuffer[] = []): void => { thread.worker.postMessage(request, transferred); };
  let names: readonly string[] = [];
  let types: readonly ColumnPart['type'][] = [];
  let [rows, read, bytesOfRow] = [0, 0, 0];
  let refusal: { readonly error: unknown } | undefined;
  const place = path.join(folder, file);
  ask({ open: place });
  for await (const answer of answersOf(thread, file)) {
    if ('isLoaded' in answer) continue;
    if ('isRead' in answer) break;
    if ('columns' in answer) {
      rows = answer.rows;
      bytesOfRow = isHeard() ? statSync(place).size / rows : 0;
      names = answer.columns.map(({ name }) => name);
      types = answer.columns.map(({ type }) => type);
      ask({ wanted: sink.wanted?.(names) ?? names.map(() => true) });
      continue;
    }
    try {
      if (refusal === undefined) handOver(new Chunk(names, unpack(answer, types), answer.size), { file, line: read + 1, record: '' }, sink);
    } catch (error) {
      refusal = { error };
      ask({ stop: true });
    }
    read += answer.size;
    advancePhase(answer.size * bytesOfRow);
    ask({ spent: answer.block }, [answer.block]);
  }
  if (refusal !== undefined) throw refusal.error;
  if (read < rows) throw new AnalyzerError(`${file} is damaged: after ${read} of its ${rows} rows nothing more can be read; bring it once more`);
}

/** What the thread tells; fails where it fails. */
async function* answersOf(thread: ReaderThread, file: string): AsyncGenerator<ParquetAnswer> {
  try {
    for await (const [answer] of on(thread.worker, 'message', { close: ['exit'] }) as AsyncIterable<[ParquetAnswer]>) yield answer;
  } catch (error) {
    // Of the engine, which is not installed.
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') throw error;
    throw new AnalyzerError(`${file} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  thread.forget();
  throw new AnalyzerError(`the thread that read ${file} ended before it was read; give the job more memory`);
}
