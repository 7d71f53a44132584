import { InferredType, Statistics } from '../../../lib/contract';
import { Chunk } from '../../input/chunk';
import { PlainRow } from '../../input/plain-row';
import { PlainRows } from '../../input/plain-rows';
import { Cell, Row, unnamedNames } from '../../input/row';
import { StoredNumbers, theKernel } from '../../kernel/kernel';
import { holds, Share, WHOLE } from '../share';
import { Column, ColumnValues } from './column';
import { ColumnOptions, ColumnTally } from './column-tally';
import { hashValue } from './hash';
import { VALUE_TYPES } from './value-type';

/** As many columns that nobody expects are told apart, and as many kinds of row remembered. */
const MAX_KINDS = 1000;

/** What the baseline says of a column. */
export interface ExpectedColumn {
  readonly type: InferredType;
  readonly domain?: readonly string[];
}

/** Which columns there are. */
export interface TableOptions {
  /** The columns that are analysed, in order. Without, those that come. */
  readonly expected?: ReadonlyMap<string, ExpectedColumn>;
  readonly excluded: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  /** The columns whose values are taken; other threads take the rest. */
  readonly share?: Share;
}

/** Where the cells of one kind of row go. */
interface Layout {
  /** None where the cell goes nowhere. */
  readonly tallies: readonly (ColumnTally | undefined)[];
  /** Their columns' addresses, in the kernel. */
  readonly columns: number;
  readonly extra: readonly string[];
}

/** The columns of a dataset, filled row by row. */
export class Table {
  rows = 0;
  /** Columns that the baseline lacks, and how many rows have them. */
  readonly extra = new Map<string, number>();
  /** Columns that at least one row has. */
  readonly named = new Set<string>();
  /** Columns that are there and excluded. */
  readonly leftOut = new Set<string>();
  private readonly kernel = theKernel();
  private readonly tallies = new Map<string, ColumnTally>();
  /** Those whose values are taken here. */
  private readonly own = new Set<ColumnTally>();
  /** By name, once they are worked out. */
  private values: ReadonlyMap<string, ColumnValues> = new Map();
  private known: ReadonlyMap<string, Column> | undefined;
  private described: Statistics | undefined;
  private readonly layouts = new Map<string, Layout>();
  private lastNames: Row['names'] | undefined;
  private lastLayout: Layout = { tallies: [], columns: 0, extra: [] };

  constructor(private readonly options: TableOptions) {
    for (const [name, { domain }] of options.expected ?? []) {
      if (!options.excluded.has(name)) this.addTally(name, domain);
    }
  }

  add(row: Row): void {
    const { tallies, columns, extra } = this.layout(row.names);
    if (row instanceof PlainRow) this.addFields(row, columns);
    else for (let index = 0; index < tallies.length; index++) tallies[index]?.add(row.cells[index] as Cell);
    this.count(1, extra);
  }

  /** Adds rows of `width` columns without names. */
  addRows(rows: PlainRows, width: number): void {
    const { columns, extra } = this.layout(unnamedNames(width));
    rows.addTo(columns);
    this.count(rows.size, extra);
  }

  /** Adds rows that are stored by columns. */
  addChunk({ names, parts, size }: Chunk): void {
    const { tallies, extra } = this.layout(names);
    const numbers: StoredNumbers[] = [];
    for (const [index, part] of parts.entries()) {
      const tally = tallies[index];
      if (part === undefined || tally === undefined) continue;
      if (part.type === 'String') tally.addTexts(part);
      else numbers.push({ column: tally.address, type: VALUE_TYPES.indexOf(part.type), bytes: part.bytes, validity: part.validity });
    }
    this.kernel.addNumbers(numbers, size);
    this.count(size, extra);
  }

  /** Which of these columns are of its share, as far as is known before a row has come. */
  wanted(names: readonly string[]): boolean[] {
    let next = this.tallies.size;
    return names.map((name) => {
      if (this.options.excluded.has(name)) return false;
      const tally = this.tallies.get(name);
      if (tally !== undefined) return this.own.has(tally);
      return this.options.expected === undefined && holds(this.options.share ?? WHOLE, next++);
    });
  }

  /** The columns, by name, once all rows are there. */
  get columns(): ReadonlyMap<string, Column> {
    return this.known ??= new Map([...this.tallies].map(([name, tally]) => [name, this.column(name, tally)]));
  }

  /** Values of the columns of its own share. */
  ownValues(): ReadonlyMap<string, ColumnValues> {
    return new Map([...this.tallies].filter(([, tally]) => this.own.has(tally)).map(([name, tally]) => [name, tally.values()]));
  }

  /** Waits for the values of other shares; meanwhile, those of its own are worked out. */
  async takeOver(others: Promise<ReadonlyMap<string, ColumnValues>>): Promise<void> {
    const own = this.ownValues();
    this.values = new Map([...own, ...await others]);
  }

  /** Columns of the baseline that no row has. */
  missing(): string[] {
    return this.rows === 0 ? [] : [...this.tallies.keys()].filter(name => !this.named.has(name));
  }

  /** Statistics of the columns, once all rows are there. */
  get statistics(): Statistics {
    return this.described ??= this.describe();
  }

  private describe(): Statistics {
    const features = [...this.columns.values()].map(column => column.statistics(this.rows, this.options.expected?.get(column.name)?.type));
    return { version: 0, dataset: { item_count: this.rows }, features };
  }

  private count(rows: number, extra: readonly string[]): void {
    this.rows += rows;
    for (const name of extra) {
      if (this.extra.size < MAX_KINDS || this.extra.has(name)) this.extra.set(name, (this.extra.get(name) ?? 0) + rows);
    }
  }

  private column(name: string, tally: ColumnTally): Column {
    return new Column(name, tally.isSensitive, this.values.get(name) ?? tally.values());
  }

  private layout(names: Row['names']): Layout {
    if (names === this.lastNames) return this.lastLayout;
    const key = names.map(name => name ?? '\x01').join('\0');
    let layout = this.layouts.get(key);
    if (layout === undefined) {
      if (this.layouts.size >= MAX_KINDS) this.forgetLayouts();
      layout = this.newLayout(this.nameAll(names));
      this.layouts.set(key, layout);
    }
    this.lastNames = names;
    this.lastLayout = layout;
    return layout;
  }

  /** Gives the baseline's left-over names, in order, to columns without one. */
  private nameAll(names: Row['names']): string[] {
    const leftOver = [...this.options.expected?.keys() ?? []].filter(name => !names.includes(name));
    return names.map((name, index) => name ?? leftOver.shift() ?? `_c${index}`);
  }

  private newLayout(names: readonly string[]): Layout {
    const extra: string[] = [];
    const tallies = names.map((name) => {
      if (this.options.excluded.has(name)) {
        this.leftOut.add(name);
        return undefined;
      }
      const tally = this.tallies.get(name) ?? (this.options.expected === undefined ? this.addTally(name) : undefined);
      if (tally === undefined) extra.push(name);
      else this.named.add(name);
      return tally && this.own.has(tally) ? tally : undefined;
    });
    return { tallies, columns: this.addressesOf(tallies), extra };
  }

  private addressesOf(tallies: Layout['tallies']): number {
    const address = this.kernel.allocate(tallies.length * Uint32Array.BYTES_PER_ELEMENT);
    new Uint32Array(this.kernel.bytes.buffer, address, tallies.length).set(tallies.map(tally => tally?.address ?? 0));
    return address;
  }

  private forgetLayouts(): void {
    for (const { columns } of this.layouts.values()) this.kernel.calls.release(columns);
    this.layouts.clear();
  }

  private addFields({ spans }: PlainRow, columns: number): void {
    let place = columns;
    for (let span = 0; span < spans.length; span += 2) place = this.kernel.calls.addFields(place, spans[span] as number, spans[span + 1] as number);
  }

  private addTally(name: string, domain?: readonly string[]): ColumnTally {
    const options: ColumnOptions = {
      ...(domain !== undefined && { domain: new Set(domain) }),
      ...(this.options.sensitive.has(name) && { hash: (value: string) => hashValue(name, value) }),
    };
    const tally = new ColumnTally(name, options);
    if (holds(this.options.share ?? WHOLE, this.tallies.size)) this.own.add(tally);
    this.tallies.set(name, tally);
    return tally;
  }
}
