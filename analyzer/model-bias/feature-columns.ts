import { AnalyzerError } from '../analyzer-error';
import { Cell, Rejection, Row } from '../input/row';

/** Columns named in a message. */
const LISTED = 8;
const ADVICE = 'leave out of the baseline\'s dataset what is no feature, or give headers';

/** The feature columns, in one order for all rows. Columns without a name take the names that are left over, in order. */
export class FeatureColumns {
  private known: readonly string[] | undefined;
  private lastNames: Row['names'] = [];
  private lastPlaces: readonly number[] = [];

  /** Without names, those of the first row hold; `excluded` are no features: the label, the prediction. */
  constructor(names: readonly string[] | undefined, private readonly excluded: ReadonlySet<string> = new Set()) {
    this.known = names;
  }

  get names(): readonly string[] {
    return this.known ?? [];
  }

  /** The cells in the order of the names; a column that a row with names does not have is missing. */
  cells(row: Row): Cell[] {
    const { names, cells } = spread(row);
    this.known ??= names.map((name, index) => name ?? String(index)).filter(name => !this.excluded.has(name));
    if (!sameNames(names, this.lastNames)) {
      this.lastPlaces = this.placesOf(names, this.known);
      this.lastNames = names;
    }
    return this.lastPlaces.map(place => cells[place] ?? null);
  }

  /** Where a column stands, by its name, or by its index from 0. */
  indexOf(nameOrIndex: string | number, what: string): number {
    const named = this.names.indexOf(String(nameOrIndex));
    const index = named < 0 && typeof nameOrIndex === 'number' ? nameOrIndex : named;
    if (index >= 0 && index < this.names.length) return index;
    throw new AnalyzerError(`there is no column "${nameOrIndex}" for the ${what}; the feature columns are ${listed(this.names)}`);
  }

  private placesOf(names: Row['names'], known: readonly string[]): number[] {
    const left = known.filter(name => !names.includes(name));
    const unnamed = names.flatMap((name, place) => name === undefined && !this.excluded.has(String(place)) ? [place] : []);
    if (unnamed.length > 0 && unnamed.length !== left.length) {
      throw new Rejection(`the row has ${unnamed.length} columns without a name, expected ${left.length}: ${listed(left)}; ${ADVICE}`);
    }
    if (unnamed.length === 0 && left.length === known.length) throw new Rejection(`the row has none of the columns ${listed(known)}`);
    return known.map(name => names.includes(name) ? names.indexOf(name) : unnamed[left.indexOf(name)] ?? -1);
  }
}

/** A JSON row may hold its features as one array: each element is a column then. */
function spread(row: Row): Row {
  if (!row.cells.some(cell => cell?.startsWith('[') === true)) return row;
  const columns = row.cells.flatMap((cell, index) =>
    arrayCells(cell)?.map(value => ({ name: undefined, value })) ?? [{ name: row.names[index], value: cell }]);
  return { names: columns.map(({ name }) => name), cells: columns.map(({ value }) => value) };
}

function arrayCells(cell: Cell): Cell[] | undefined {
  if (cell?.startsWith('[') !== true) return undefined;
  try {
    return (JSON.parse(cell) as unknown[]).map(value => value === null || value === '' ? null : typeof value === 'string' ? value : JSON.stringify(value));
  } catch {
    return undefined;
  }
}

function sameNames(a: Row['names'], b: Row['names']): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, LISTED).map(name => `"${name}"`).join(', ')}${names.length > LISTED ? ` and ${names.length - LISTED} more` : ''}`;
}
