import { Chunk } from './chunk';
import { Origin, Row } from './row';

/** Takes what a reader finds, in the order in which it is found. */
export interface RowSink {
  row(row: Row, origin: Origin): void;
  /** Takes rows that are stored by columns, the first of them from `first`; who does not tell how, is given each. */
  chunk?(chunk: Chunk, first: Origin): void;
  reject(origin: Origin, reason: string): void;
  /** Which of these columns it looks at; where it does not tell, at all of them. */
  wanted?(names: readonly string[]): readonly boolean[];
}

/** Hands over a chunk whose first row comes from `first`: row by row where the sink does not take it as such. */
export function handOver(chunk: Chunk, first: Origin, sink: Pick<RowSink, 'row' | 'chunk'>): void {
  if (sink.chunk !== undefined) sink.chunk(chunk, first);
  else for (let index = 0; index < chunk.size; index++) sink.row(chunk.row(index), { ...first, line: first.line + index });
}
