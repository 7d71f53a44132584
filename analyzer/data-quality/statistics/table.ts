import { InferredType, Statistics } from '../../../lib/contract';
import { Cell, Row } from '../../input/row';
import { Column, ColumnOptions } from './column';
import { hashValue } from './hash';

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
}

/** Where the cells of one kind of row go. */
interface Layout {
  readonly columns: readonly (Column | undefined)[];
  readonly extra: readonly string[];
}

/** The columns of a dataset, filled row by row. */
export class Table {
  rows = 0;
  readonly columns = new Map<string, Column>();
  /** Columns that the baseline lacks, and how many rows have them. */
  readonly extra = new Map<string, number>();
  /** Columns that at least one row has. */
  readonly named = new Set<string>();
  private readonly layouts = new Map<string, Layout>();
  private lastNames: Row['names'] | undefined;
  private lastLayout: Layout = { columns: [], extra: [] };

  constructor(private readonly options: TableOptions) {
    for (const [name, { domain }] of options.expected ?? []) {
      if (!options.excluded.has(name)) this.addColumn(name, domain);
    }
  }

  add({ names, cells }: Row): void {
    const { columns, extra } = this.layout(names);
    this.rows++;
    for (let index = 0; index < columns.length; index++) columns[index]?.add(cells[index] as Cell);
    for (const name of extra) {
      if (this.extra.size < MAX_KINDS || this.extra.has(name)) this.extra.set(name, (this.extra.get(name) ?? 0) + 1);
    }
  }

  /** Columns of the baseline that no row has. */
  missing(): string[] {
    return this.rows === 0 ? [] : [...this.columns.keys()].filter(name => !this.named.has(name));
  }

  statistics(): Statistics {
    const features = [...this.columns.values()].map(column => column.statistics(this.rows, this.options.expected?.get(column.name)?.type));
    return { version: 0, dataset: { item_count: this.rows }, features };
  }

  private layout(names: Row['names']): Layout {
    if (names === this.lastNames) return this.lastLayout;
    const key = names.map(name => name ?? '\x01').join('\0');
    let layout = this.layouts.get(key);
    if (layout === undefined) {
      if (this.layouts.size >= MAX_KINDS) this.layouts.clear();
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
    const columns = names.map((name) => {
      if (this.options.excluded.has(name)) return undefined;
      const column = this.columns.get(name) ?? (this.options.expected === undefined ? this.addColumn(name) : undefined);
      if (column === undefined) extra.push(name);
      else this.named.add(name);
      return column;
    });
    return { columns, extra };
  }

  private addColumn(name: string, domain?: readonly string[]): Column {
    const options: ColumnOptions = {
      ...(domain !== undefined && { domain: new Set(domain) }),
      ...(this.options.sensitive.has(name) && { hash: (value: string) => hashValue(name, value) }),
    };
    const column = new Column(name, options);
    this.columns.set(name, column);
    return column;
  }
}
