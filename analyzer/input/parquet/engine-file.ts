import type * as Engine from '@duckdb/node-bindings';
import { ColumnPart } from '../chunk';
import { collectGarbage } from './garbage';
import { longRows, SIZES, StoredColumn, validitySize } from './packed-chunk';

/** Types whose values all fit into 64 bits with a sign. */
const WHOLE_NUMBERS = /^(U?(TINY|SMALL)INT|U?INTEGER|BIGINT)$/;
/** Extensions would be fetched from the network, so none is. One thread keeps the order. */
const OPTIONS = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', threads: '1' };
/** As many chunks are read before their memory is given back: a few megabytes. */
const CHUNKS_KEPT = 16;
/** Where a text's pointer lies, in its 16 bytes. */
const POINTER = 8;

/** A column, and what its values are read as. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnPart['type'];
}

/** Columns of some rows; absent where nobody looks at them. */
export interface StoredRows {
  /** Holds the values, which are freed with it. */
  readonly chunk: Engine.DataChunk;
  readonly size: number;
  readonly columns: readonly (StoredColumn | undefined)[];
}

/** A Parquet file as DuckDB sees it. */
export class EngineFile {
  private constructor(
    private readonly engine: typeof Engine, private readonly connection: Engine.Connection, private readonly place: string,
  ) {}

  static async open(engine: typeof Engine, place: string): Promise<EngineFile> {
    return new EngineFile(engine, await (connection ??= connect(engine)), place);
  }

  /** The columns in their order: doubles or whole numbers where they are stored as such, else texts. */
  async columns(): Promise<ParquetColumn[]> {
    const { engine } = this;
    const statement = await this.prepare(['*']);
    return Array.from({ length: engine.prepared_statement_column_count(statement) }, (_, index) => {
      const stored = engine.Type[engine.prepared_statement_column_type(statement, index)];
      const type = stored === 'DOUBLE' ? 'Fractional' : WHOLE_NUMBERS.test(stored) ? 'Integral' : 'String';
      return { name: engine.prepared_statement_column_name(statement, index), type };
    });
  }

  /** How many rows it says that it has. */
  async count(): Promise<number> {
    const { engine } = this;
    const counted = await engine.fetch_chunk(await engine.query(this.connection, this.select(['count(*)'])));
    if (counted === null) return 0;
    const { bytes } = this.stored(counted, 0, 'Integral');
    return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
  }

  /**
   * The rows in the order in which they stand, some at a time. While they are looked at, DuckDB makes the next. Where it cannot go on, it says
   * nothing: there are fewer rows than it has counted.
   */
  async* rows(columns: readonly ParquetColumn[], wanted: readonly boolean[]): AsyncGenerator<StoredRows> {
    const { engine } = this;
    const expressions = columns.map(({ name, type }, index) => wanted[index] === false ? 'NULL' : expressionOf(name, type));
    const result = await engine.execute_prepared_streaming(await this.prepare(expressions));
    let next = engine.fetch_chunk(result);
    try {
      for (let read = 1; ; read++) {
        const chunk = await next;
        if (chunk === null || engine.data_chunk_get_size(chunk) === 0) return;
        next = engine.fetch_chunk(result);
        yield {
          chunk,
          size: engine.data_chunk_get_size(chunk),
          columns: columns.map(({ type }, index) => wanted[index] === false ? undefined : this.stored(chunk, index, type)),
        };
        if (read % CHUNKS_KEPT === 0) collectGarbage();
      }
    } finally {
      // A thread that ends while the engine still works for it takes the process with it.
      await next.catch(() => undefined);
    }
  }

  private stored(chunk: Engine.DataChunk, column: number, type: ColumnPart['type']): StoredColumn {
    const { engine } = this;
    const vector = engine.data_chunk_get_vector(chunk, column);
    const size = engine.data_chunk_get_size(chunk);
    const bytes = engine.vector_get_data(vector, size * SIZES[type]);
    // Null where no value is missing, which its type does not tell.
    const validity: Uint8Array | null = engine.vector_get_validity(vector, validitySize(size));
    return { bytes, validity, long: type === 'String' ? this.longTexts(bytes, validity) : new Map() };
  }

  private longTexts(bytes: Uint8Array, validity: Uint8Array | null): Map<number, Uint8Array> {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return new Map(longRows({ bytes, validity }).map((row) => {
      const place = row * SIZES.String;
      return [row, this.engine.get_data_from_pointer(bytes.buffer as ArrayBuffer, bytes.byteOffset + place + POINTER, view.getUint32(place, true))];
    }));
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

function expressionOf(name: string, type: ColumnPart['type']): string {
  if (type === 'Fractional') return quoted(name);
  return `CAST(${quoted(name)} AS ${type === 'Integral' ? 'BIGINT' : 'VARCHAR'})`;
}

function quoted(text: string, quote = '"'): string {
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
