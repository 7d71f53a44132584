/** Where two intervals of one threshold end is the data's business; where they begin tells them apart. */
const INTERVAL = /^\((.+), .+\]$/;

/** `(100.0, 2279.0]`; of whole numbers `(100, 2279]`. */
export function formatInterval(lower: number, upper: number, ofIntegers: boolean): string {
  const format = (bound: number): string => Number.isInteger(bound) && !ofIntegers && Math.abs(bound) < 1e16 ? bound.toFixed(1) : String(bound);
  return `(${format(lower)}, ${format(upper)}]`;
}

/** The threshold that an interval begins with; `undefined` where a text is none. */
export function thresholdOf(text: string): number | undefined {
  const lower = Number(INTERVAL.exec(text)?.[1] ?? NaN);
  return Number.isNaN(lower) ? undefined : lower;
}
