import { Confusion, CONFUSION_CELLS } from './confusion';
import { GroupCounts, Sides } from './group-counts';
import { CountedMetric } from './metrics/definition';
import { Uncomputable } from './metrics/uncomputable';

/** Added to each cell, so that a few rows which all came out alike make nothing certain. */
const PSEUDO_ROWS = 0.5;
/** Rows by which a cell is moved to see what becomes of the metric. */
const STEP = 1e-3;
/** Beyond, strata hold too few rows each to say how far they scatter. */
const MOST_STRATA = 2000;

const SIDES = ['group', 'rest'] as const;

/**
 * How far a metric scatters by chance, by the delta method: every cell of the table scatters as counts do, and moves the metric by its slope.
 * Nothing is drawn, so the same rows give the same error. `undefined` where it cannot be told.
 */
export function standardErrorOf(metric: CountedMetric, counts: GroupCounts): number | undefined {
  let variance = 0;
  try {
    for (const { rows, more, less } of movedCells(counts, metric.isStratified === true)) {
      const slope = (metric.of(more) - metric.of(less)) / (2 * STEP);
      variance += rows * slope * slope;
    }
  } catch (error) {
    if (error instanceof Uncomputable) return undefined;
    throw error;
  }
  return variance > 0 && Number.isFinite(variance) ? Math.sqrt(variance) : undefined;
}

interface MovedCell {
  readonly rows: number;
  readonly more: GroupCounts;
  readonly less: GroupCounts;
}

function* movedCells(counts: GroupCounts, isStratified: boolean): Generator<MovedCell> {
  if (!isStratified) {
    const sides = smooth(counts);
    for (const { rows, move } of cellsOf(sides)) yield { rows, more: move(sides, STEP), less: move(sides, -STEP) };
    return;
  }
  const { strata = [] } = counts;
  for (const [index, stratum] of (strata.length > MOST_STRATA ? [] : strata).entries()) {
    for (const { rows, move } of cellsOf(stratum)) {
      const moved = (by: number): GroupCounts => ({ ...move(counts, by), strata: strata.with(index, move(stratum, by)) });
      if (rows > 0) yield { rows, more: moved(STEP), less: moved(-STEP) };
    }
  }
}

interface Cell {
  readonly rows: number;
  readonly move: (sides: Sides, by: number) => Sides;
}

function cellsOf(sides: Sides): Cell[] {
  return SIDES.flatMap(side => CONFUSION_CELLS.map(cell => ({
    rows: sides[side][cell],
    move: ({ group, rest }, by) => ({ group, rest, [side]: { group, rest }[side].with(cell, by) }),
  })));
}

function smooth({ group, rest }: Sides): Sides {
  const smoothed = (side: Confusion): Confusion => CONFUSION_CELLS.reduce((table, cell) => table.with(cell, PSEUDO_ROWS), side);
  return { group: smoothed(group), rest: smoothed(rest) };
}
