/** `(100.0, 2279.0]`; of whole numbers `(100, 2279]`. */
export function formatInterval(lower: number, upper: number, ofIntegers: boolean): string {
  const format = (bound: number): string => Number.isInteger(bound) && !ofIntegers && Math.abs(bound) < 1e16 ? bound.toFixed(1) : String(bound);
  return `(${format(lower)}, ${format(upper)}]`;
}
