const LANES = 8;
const BLOCK = 128;

/** Adds numbers in the order in which NumPy does, so that the last digit is the same. */
export function pairwiseSum(values: readonly number[], from = 0, count = values.length): number {
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const aligned = half - half % LANES;
    return pairwiseSum(values, from, aligned) + pairwiseSum(values, from + aligned, count - aligned);
  }
  const at = (index: number): number => values[from + index] ?? 0;
  const inLanes = count - count % LANES;
  const lanes = Array.from({ length: inLanes > 0 ? LANES : 0 }, (_, lane) => {
    let sum = at(lane);
    for (let index = lane + LANES; index < inLanes; index += LANES) sum += at(index);
    return sum;
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  let sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
  for (let index = inLanes; index < count; index++) sum += at(index);
  return sum;
}
