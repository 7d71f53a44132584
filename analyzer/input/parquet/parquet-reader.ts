import { parentPort } from 'node:worker_threads';
import { EngineFile, ParquetColumn } from './engine-file';
import { pack, PackedChunk, packedSize } from './packed-chunk';

/** As many bytes may be read that nobody has looked at yet: the engine takes much longer for some rows than for others. */
const AHEAD = 16 << 20;

/** What the thread is asked: to open a file, then to read it, or to stop; and blocks that may be filled again. */
export type ParquetRequest
  = | { readonly open: string }
    | { readonly wanted: readonly boolean[] }
    | { readonly spent: ArrayBuffer }
    | { readonly stop: true };

/** What it tells: at first that the engine is loaded, or cannot be; of a file its columns, then its rows, at last that there are no more. */
export type ParquetAnswer
  = | { readonly isLoaded: true }
    | { readonly columns: readonly ParquetColumn[]; readonly rows: number }
    | PackedChunk
    | { readonly isRead: true };

/** Blocks of memory that go to another thread and come back. */
class Blocks {
  private readonly spare: ArrayBuffer[] = [];
  private away = 0;
  private hasRoom: (() => void) | undefined;

  /** One with room for so many bytes, once few enough are away. */
  async take(size: number): Promise<ArrayBuffer> {
    while (this.away > AHEAD) await new Promise<void>(resolve => this.hasRoom = resolve);
    const spare = this.spare.pop();
    const block = spare !== undefined && spare.byteLength >= size ? spare : new ArrayBuffer(size);
    this.away += block.byteLength;
    return block;
  }

  giveBack(block: ArrayBuffer): void {
    this.away -= block.byteLength;
    this.spare.push(block);
    this.hasRoom?.();
  }
}

const blocks = new Blocks();
const engine = import('@duckdb/node-bindings');
// Whoever opens a file sees why it failed.
void Promise.allSettled([engine]).then(() => { answer({ isLoaded: true }); });
let file: EngineFile | undefined;
let columns: readonly ParquetColumn[] = [];
let isStopped = false;

function answer(what: ParquetAnswer, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(what, transferred);
}

async function open(place: string): Promise<void> {
  isStopped = false;
  file = await EngineFile.open((await engine).default, place);
  columns = await file.columns();
  answer({ columns, rows: await file.count() });
}

async function read(wanted: readonly boolean[]): Promise<void> {
  for await (const rows of file?.rows(columns, wanted) ?? []) {
    if (isStopped) break;
    const block = await blocks.take(packedSize(rows.columns));
    pack(rows.columns, block);
    answer({ block, size: rows.size }, [block]);
  }
  answer({ isRead: true });
}

// What fails here, the thread that asked is told: it ends this one.
parentPort?.on('message', (request: ParquetRequest) => {
  if ('open' in request) void open(request.open);
  else if ('wanted' in request) void read(request.wanted);
  else if ('spent' in request) blocks.giveBack(request.spent);
  else isStopped = true;
});
