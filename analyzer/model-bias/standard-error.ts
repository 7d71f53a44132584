import { Confusion, CONFUSION_CELLS } from './confusion';
import { GroupCounts, Sides } from './group-counts';
import { CountedMetric } from './metrics/definition';
import { Uncomputable } from './metrics/uncomputable';

/** Added to each cell, so that a few rows which all came out alike make nothing certain. */
const PSEUDO_ROWS = 0.5;
/** Rows by which a cell is moved to see what becomes of the metric. */
const STEP = 1e-3;

const SIDES = ['group', 'rest'] as const;

/**
 * How far a metric scatters by chance, by the delta method: every cell of the table scatters as counts do, and moves the metric by its slope.
 * Nothing is drawn, so the same rows give the same error. `undefined` where it cannot be told.
 */
export function standardErrorOf(metric: CountedMetric, counts: GroupCounts): number | undefined {
  try {
    const error = metric.standardErrorOf?.(counts) ?? Math.sqrt(varianceBySlopes(metric, counts));
    return error > 0 && Number.isFinite(error) ? error : undefined;
  } catch (error) {
    if (error instanceof Uncomputable) return undefined;
    throw error;
  }
}

function varianceBySlopes(metric: CountedMetric, counts: GroupCounts): number {
  const sides = smooth(counts);
  let variance = 0;
  for (const side of SIDES) {
    for (const cell of CONFUSION_CELLS) {
      const moved = (by: number): Sides => ({ ...sides, [side]: sides[side].with(cell, by) });
      const slope = (metric.of(moved(STEP)) - metric.of(moved(-STEP))) / (2 * STEP);
      variance += sides[side][cell] * slope * slope;
    }
  }
  return variance;
}

function smooth({ group, rest }: Sides): Sides {
  const smoothed = (side: Confusion): Confusion => CONFUSION_CELLS.reduce((table, cell) => table.with(cell, PSEUDO_ROWS), side);
  return { group: smoothed(group), rest: smoothed(rest) };
}
