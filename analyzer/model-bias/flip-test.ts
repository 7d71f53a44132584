import { Uncomputable } from './metrics/uncomputable';

const NEIGHBOURS = 5;
/** With so few rows to learn from, the nearest one alone decides. */
const FEW_ROWS = 9;
/** How much faster than a share of five the chance that it is the majority grows, where it grows fastest. */
const STEEPEST_MAJORITY = 1.875;

/** A row's features as numbers, and what was predicted of it. */
export interface FlipRow {
  readonly values: Float64Array;
  readonly isPositive: boolean;
}

/** Would a group's members have got another prediction, had they been among the rest? Those most like them there tell. */
export class FlipTest {
  readonly value: number;
  /** How far the value scatters by chance. */
  readonly standardError: number;

  constructor(group: readonly FlipRow[], rest: readonly FlipRow[]) {
    if (group.length === 0) throw new Uncomputable('No row belongs to the group');
    if (rest.length === 0) throw new Uncomputable('Every row belongs to the group: there is nobody to compare it with');
    const size = rest.length > FEW_ROWS ? NEIGHBOURS : 1;
    const neighbours = group.map(row => nearest(row, rest, size));
    const flips = group.map((row, index) => Number(row.isPositive) - Number(majority(neighbours[index] ?? [])));
    this.value = flips.reduce((sum, flip) => sum + flip, 0) / flips.length;
    // One flip more keeps certainty from a few rows that all came out alike.
    const squares = flips.reduce((sum, flip) => sum + (flip - this.value) ** 2, 1);
    this.standardError = Math.hypot(Math.sqrt(squares) / flips.length, scatterOfVotes(neighbours.flat(), rest));
  }
}

/** How far the votes as a whole scatter by chance: a row that many ask sways them all. */
function scatterOfVotes(voters: readonly FlipRow[], rest: readonly FlipRow[]): number {
  const asked = new Map<FlipRow, number>();
  for (const voter of voters) asked.set(voter, (asked.get(voter) ?? 0) + 1);
  const squares = [...asked.values()].reduce((sum, times) => sum + times * times, 0);
  const positives = (rest.filter(({ isPositive }) => isPositive).length + 1) / (rest.length + 2);
  return STEEPEST_MAJORITY * Math.sqrt(positives * (1 - positives) * squares) / voters.length;
}

/** The rows nearest to one; of those equally near, the first ones. */
function nearest(row: FlipRow, rest: readonly FlipRow[], size: number): FlipRow[] {
  const found: { readonly distance: number; readonly row: FlipRow }[] = [];
  let limit = Infinity;
  for (const other of rest) {
    const distance = squaredDistance(row.values, other.values, limit);
    if (distance >= limit) continue;
    const place = found.findIndex(each => each.distance > distance);
    found.splice(place < 0 ? found.length : place, 0, { distance, row: other });
    if (found.length > size) found.pop();
    if (found.length === size) limit = found[size - 1]?.distance ?? Infinity;
  }
  return found.map(each => each.row);
}

function majority(rows: readonly FlipRow[]): boolean {
  return rows.filter(({ isPositive }) => isPositive).length * 2 > rows.length;
}

/** Gives up as soon as the limit is passed. */
function squaredDistance(a: Float64Array, b: Float64Array, limit: number): number {
  let sum = 0;
  for (let index = 0; index < a.length && sum < limit; index++) {
    const gap = (a[index] ?? 0) - (b[index] ?? 0);
    sum += gap * gap;
  }
  return sum;
}
