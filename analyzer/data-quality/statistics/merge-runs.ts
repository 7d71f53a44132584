/** Sorts what consists of ascending runs; `starts` tells where the runs begin, except for the first. */
export function mergeRuns(values: Float64Array, starts: readonly number[]): void {
  for (const [index, start] of starts.entries()) mergeTwo(values, start, starts[index + 1] ?? values.length);
}

/** Merges [0, middle) and [middle, end); the rest stays as it is. */
function mergeTwo(values: Float64Array, middle: number, end: number): void {
  const left = values.slice(0, middle);
  let leftAt = 0;
  let rightAt = middle;
  let to = 0;
  while (leftAt < middle && rightAt < end) {
    const a = left[leftAt] as number;
    const b = values[rightAt] as number;
    const takesLeft = a < b || (a === b && isOrdered(a, b));
    values[to++] = takesLeft ? a : b;
    leftAt += Number(takesLeft);
    rightAt += Number(!takesLeft);
  }
  values.set(left.subarray(leftAt), to);
}

/** Of equal numbers, -0 comes before 0. */
function isOrdered(a: number, b: number): boolean {
  return a !== 0 || Object.is(a, -0) || Object.is(b, 0);
}
