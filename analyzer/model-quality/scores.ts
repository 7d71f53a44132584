/** Rows held in one piece. */
const CHUNK = 1 << 16;
const POSITIVE = 1 << 7;
/** Most points of a curve that is written to a file or drawn; areas are exact. */
const MOST_POINTS = 1000;

interface Chunk {
  readonly scores: Float64Array;
  /** The parts that a row belongs to, and whether it is positive. */
  readonly flags: Uint8Array;
}

/** A curve's points. */
export type Curve = readonly { readonly x: number; readonly y: number }[];

/** The scores of rows that are positive and of rows that are not: nine bytes a row. */
export class Scores {
  private readonly chunks: Chunk[] = [];
  private rows = 0;

  add(score: number, isPositive: boolean, parts: number): void {
    const index = this.rows++ % CHUNK;
    if (index === 0) this.chunks.push({ scores: new Float64Array(CHUNK), flags: new Uint8Array(CHUNK) });
    const chunk = this.chunks.at(-1);
    if (chunk === undefined) return;
    chunk.scores[index] = score;
    chunk.flags[index] = parts | (isPositive ? POSITIVE : 0);
  }

  /** The rows of one part, by descending score. */
  ranking(part: number): Ranking {
    return new Ranking(this.sorted(part, true), this.sorted(part, false));
  }

  private sorted(part: number, isPositive: boolean): Float64Array {
    const wanted = 1 << part | (isPositive ? POSITIVE : 0);
    const mask = 1 << part | POSITIVE;
    let count = 0;
    for (const { flags } of this.chunks) for (const flag of flags) if ((flag & mask) === wanted) count++;
    const sorted = new Float64Array(count);
    let filled = 0;
    for (const { scores, flags } of this.chunks) {
      for (const [index, score] of scores.entries()) if (((flags[index] ?? 0) & mask) === wanted) sorted[filled++] = score;
    }
    return sorted.sort();
  }
}

/** How well scores tell positive rows from others, whatever the threshold. */
export class Ranking {
  /** Ascending scores of either side. */
  constructor(private readonly positives: Float64Array, private readonly negatives: Float64Array) {}

  /** Area under the receiver operating characteristic; equal scores count one half. Not to be had where one side is empty. */
  get auc(): number | undefined {
    const { positives, negatives } = this;
    if (positives.length === 0 || negatives.length === 0) return undefined;
    let [area, lastTrue, lastFalse] = [0, 0, 0];
    this.eachThreshold((truePositives, falsePositives) => {
      area += (falsePositives - lastFalse) * (truePositives + lastTrue) / 2;
      lastTrue = truePositives;
      lastFalse = falsePositives;
    });
    return area / positives.length / negatives.length;
  }

  /** Area under precision over recall, in trapezoids from recall 0 at the first threshold's precision, as Spark has it. */
  get areaUnderPrecisionRecall(): number | undefined {
    if (this.positives.length === 0) return undefined;
    let area = 0;
    let last: { precision: number; truePositives: number } | undefined;
    this.eachThreshold((truePositives, falsePositives) => {
      const precision = truePositives / (truePositives + falsePositives);
      const { precision: before, truePositives: until } = last ?? { precision, truePositives: 0 };
      area += (truePositives - until) * (precision + before) / 2;
      last = { precision, truePositives };
    });
    return area / this.positives.length;
  }

  /** True positive rate over false positive rate. */
  get receiverOperatingCharacteristic(): Curve {
    return thinned({ x: 0, y: 0 }, (take) => {
      this.eachThreshold((truePositives, falsePositives) => {
        take(falsePositives / this.negatives.length, truePositives / this.positives.length);
      });
    });
  }

  /** Precision over recall. */
  get precisionRecall(): Curve {
    const points = thinned(undefined, (take) => {
      this.eachThreshold((truePositives, falsePositives) => {
        take(truePositives / this.positives.length, truePositives / (truePositives + falsePositives));
      });
    });
    const [first] = points;
    return first === undefined ? [] : [{ x: 0, y: first.y }, ...points];
  }

  /** Rows at or above each threshold, from the highest on. */
  private eachThreshold(visit: (truePositives: number, falsePositives: number) => void): void {
    const { positives, negatives } = this;
    let [nextPositive, nextNegative] = [positives.length - 1, negatives.length - 1];
    while (nextPositive >= 0 || nextNegative >= 0) {
      const threshold = Math.max(positives[nextPositive] ?? -Infinity, negatives[nextNegative] ?? -Infinity);
      while (nextPositive >= 0 && positives[nextPositive] === threshold) nextPositive--;
      while (nextNegative >= 0 && negatives[nextNegative] === threshold) nextNegative--;
      visit(positives.length - 1 - nextPositive, negatives.length - 1 - nextNegative);
    }
  }
}

/** Every so-manieth point, the last one always. */
function thinned(start: Curve[number] | undefined, draw: (take: (x: number, y: number) => void) => void): Curve {
  let points: { x: number; y: number }[] = [];
  let [stride, seen] = [1, 0];
  let last = start;
  draw((x, y) => {
    last = { x, y };
    if (++seen % stride !== 0) return;
    points.push(last);
    if (points.length < MOST_POINTS) return;
    points = points.filter((_, index) => index % 2 === 1);
    stride *= 2;
  });
  const isWhole = last === undefined || points.at(-1) === last || last === start;
  return [...start ? [start] : [], ...points, ...isWhole || last === undefined ? [] : [last]];
}
