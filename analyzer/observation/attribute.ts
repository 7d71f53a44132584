import { Cell, Rejection, Row } from '../input/row';

/** Names listed in a message. */
const LISTED = 8;

/** Where a value stands in a row: a column's name, a dotted path, or an index from '0' where columns have no names. */
export class Attribute {
  private names: Row['names'] = [];
  private position = -1;

  /** Without an attribute it is the row's only value; `what` it is, such as `label`, is for the messages. */
  constructor(private readonly attribute: string | undefined, private readonly what: string) {}

  /** Throws a Rejection that says what was looked for and what is there. */
  cell(row: Row): Cell {
    if (row.names !== this.names || this.position < 0) {
      this.names = row.names;
      this.position = this.attribute === undefined ? onlyPosition(row) : positionOf(this.attribute, row);
    }
    const cell = this.position >= 0 ? row.cells[this.position] : this.elementOf(row);
    if (cell === undefined) throw new Rejection(`${this.looked}; ${contentOf(row)}`);
    return cell;
  }

  /** An element of a column that holds an array: `scores.1`. */
  private elementOf(row: Row): Cell | undefined {
    const [, column, index] = /^(.+)\.(\d+)$/.exec(this.attribute ?? '') ?? [];
    const text = column === undefined ? undefined : row.cells[row.names.indexOf(column)];
    const element = text?.startsWith('[') === true ? elementsOf(text)[Number(index)] : undefined;
    return typeof element === 'number' || typeof element === 'boolean' || typeof element === 'string' ? String(element) : undefined;
  }

  private get looked(): string {
    return this.attribute === undefined
      ? `the ${this.what} is not the row's only value: say which column it is`
      : `the ${this.what} is looked for in column "${this.attribute}"`;
  }
}

function elementsOf(text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return [];
  }
}

function onlyPosition({ cells }: Row): number {
  return cells.length === 1 ? 0 : -1;
}

/** A single value without a name is meant by any name: a dataset's columns have names, an answer or a label in CSV has none. */
function positionOf(attribute: string, { names, cells }: Row): number {
  const named = names.indexOf(attribute);
  if (named >= 0 || names.some(name => name !== undefined)) return named;
  const [, index] = /^(?:_c)?(\d+)$/.exec(attribute) ?? [];
  if (index !== undefined) return Number(index) < cells.length ? Number(index) : -1;
  return onlyPosition({ names, cells });
}

function contentOf({ names, cells }: Row): string {
  const named = names.filter(name => name !== undefined);
  if (named.length === 0) return `the row has ${cells.length} values without names, counted from 0`;
  return `the row has ${named.slice(0, LISTED).map(name => `"${name}"`).join(', ')}${named.length > LISTED ? ` and ${named.length - LISTED} more` : ''}`;
}
