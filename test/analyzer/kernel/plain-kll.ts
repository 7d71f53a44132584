const K = 2048;
const C = 0.64;

interface Level {
  readonly capacity: number;
  items: number[];
  compactions: number;
  offset: number;
}

/** The sketch as it is described, without any haste: what the kernel computes must be the same. */
export function plainKll(values: readonly number[]): number[][] {
  const levels = [levelOf(0)];
  let size = 0;
  for (const value of values) {
    levels[0]!.items.push(value);
    size++;
    if (size > levels.reduce((sum, { capacity }) => sum + capacity, 0)) size -= condense(levels);
  }
  return levels.map(({ items }) => items);
}

function condense(levels: Level[]): number {
  const full = levels.findIndex(({ items, capacity }) => items.length >= capacity);
  if (full === levels.length - 1) levels.push(levelOf(levels.length));
  const level = levels[full]!;
  const even = level.items.length - level.items.length % 2;
  if (level.compactions++ % 2 === 1) level.offset = 1 - level.offset;
  // The language's own order: -0 before 0.
  const sorted = [...Float64Array.from(level.items.slice(0, even)).sort()];
  const half = sorted.filter((_, index) => index % 2 === level.offset);
  levels[full + 1]!.items.push(...half);
  level.items = level.items.slice(even);
  return half.length;
}

function levelOf(level: number): Level {
  return { capacity: 2 * (Math.ceil(K * C ** level / 2) + 1), items: [], compactions: 0, offset: 0 };
}
