import { statSync } from 'node:fs';
import path from 'node:path';
import type * as Engine from '@duckdb/node-bindings';
import { AnalyzerError } from '../analyzer-error';
import { advancePhase, isHeard } from '../progress';
import { Chunk, ColumnPart, handOver } from './chunk';
import { collectGarbage } from './garbage';
import { RowSink } from './row';
import { StoredPart } from './stored-part';

/** Types whose values all fit into 64 bits with a sign. */
const WHOLE_NUMBERS = /^(U?(TINY|SMALL)INT|U?INTEGER|BIGINT)$/;
/** Extensions would be fetched from the network, so none is. One thread keeps the order. */
const OPTIONS = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', threads: '1' };

/** As many chunks are read before their memory is given back: a few megabytes. */
const CHUNKS_KEPT = 16;

interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnPart['type'];
  readonly expression: string;
  readonly isWanted: boolean;
}

/** Reads the rows of a Parquet file in the order in which they stand. */
export async function readParquetFile(folder: string, file: string, sink: RowSink): Promise<void> {
  // Loaded late: whoever reads no Parquet does without it.
  const { default: engine } = await import('@duckdb/node-bindings');
  const parquet = new ParquetFile(engine, await (connection ??= connect(engine)), folder, file);
  try {
    await parquet.read(sink);
  } catch (error) {
    throw new AnalyzerError(`${file} is no Parquet file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file as DuckDB sees it. */
class ParquetFile {
  private readonly place: string;

  constructor(private readonly engine: typeof Engine, private readonly connection: Engine.Connection, folder: string, private readonly file: string) {
    this.place = path.join(folder, file);
  }

  async read(sink: RowSink): Promise<void> {
    const { engine, file } = this;
    const columns = await this.columns(sink);
    const names = columns.map(({ name }) => name);
    const bytes = isHeard() ? await this.bytesOfRow() : 0;
    let line = 1;
    for await (const chunk of this.chunks(columns.map(({ expression }) => expression))) {
      const parts = columns.map(({ type, isWanted }, index) => isWanted ? new StoredPart(engine, chunk, index, type) : undefined);
      const size = engine.data_chunk_get_size(chunk);
      handOver(new Chunk(names, parts, size), { file, line, record: '' }, sink);
      line += size;
      advancePhase(size * bytes);
    }
  }

  /** How each column is read: as doubles or whole numbers where it is stored as such, else as text. */
  private async columns(sink: RowSink): Promise<ParquetColumn[]> {
    const { engine } = this;
    const statement = await this.prepare(['*']);
    const count = engine.prepared_statement_column_count(statement);
    const names = Array.from({ length: count }, (_, index) => engine.prepared_statement_column_name(statement, index));
    const wanted = sink.wanted?.(names);
    return names.map((name, index) => {
      const type = engine.Type[engine.prepared_statement_column_type(statement, index)];
      if (wanted?.[index] === false) return { name, type: 'String', expression: 'NULL', isWanted: false };
      if (type === 'DOUBLE') return { name, type: 'Fractional', expression: quoted(name), isWanted: true };
      if (WHOLE_NUMBERS.test(type)) return { name, type: 'Integral', expression: `CAST(${quoted(name)} AS BIGINT)`, isWanted: true };
      return { name, type: 'String', expression: `CAST(${quoted(name)} AS VARCHAR)`, isWanted: true };
    });
  }

  /** How much of the file a row is, on average. */
  private async bytesOfRow(): Promise<number> {
    const counted = await this.engine.fetch_chunk(await this.engine.query(this.connection, this.select(['count(*)'])));
    return counted === null ? 0 : statSync(this.place).size / Number(new StoredPart(this.engine, counted, 0, 'Integral').cell(0));
  }

  /** While one is looked at, DuckDB makes the next. */
  private async* chunks(expressions: readonly string[]): AsyncGenerator<Engine.DataChunk> {
    const { engine } = this;
    const result = await engine.execute_prepared_streaming(await this.prepare(expressions));
    for (let read = 1, next = engine.fetch_chunk(result); ; read++) {
      const chunk = await next;
      if (chunk === null || engine.data_chunk_get_size(chunk) === 0) return;
      next = engine.fetch_chunk(result);
      // Whoever waits for it sees why it failed; until then it is no unhandled failure.
      next.catch(() => undefined);
      yield chunk;
      if (read % CHUNKS_KEPT === 0) collectGarbage();
    }
  }

  private async prepare(expressions: readonly string[]): Promise<Engine.PreparedStatement> {
    return this.engine.prepare(this.connection, this.select(expressions));
  }

  private select(expressions: readonly string[]): string {
    return `SELECT ${expressions.join(', ')} FROM read_parquet(${quoted(this.place, '\'')})`;
  }
}

/** Of this thread. */
let connection: Promise<Engine.Connection> | undefined;

async function connect(engine: typeof Engine): Promise<Engine.Connection> {
  const config = engine.create_config();
  for (const [name, value] of Object.entries(OPTIONS)) engine.set_config(config, name, value);
  return engine.connect(await engine.open(':memory:', config));
}

function quoted(text: string, quote = '"'): string {
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
