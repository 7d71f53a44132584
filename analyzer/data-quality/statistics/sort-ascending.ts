const DIGITS = 11;
const BASE = 1 << DIGITS;
const PASSES = 6;
/** Below, the time goes into counting digits. */
const FEW = 128;

let scratch = [new Float64Array(4096), new Float64Array(4096)] as const;
const counts = new Uint32Array(PASSES * BASE);

/** Sorts numbers (no NaN among them) by the digits of their bits, which takes half the time of comparing them. */
export function sortAscending(values: Float64Array): void {
  if (values.length < FEW) {
    values.sort();
    return;
  }
  if (scratch[0].length < values.length) scratch = [new Float64Array(2 * values.length), new Float64Array(2 * values.length)];
  scratch[0].set(values);
  let [from, to] = [new Uint32Array(scratch[0].buffer), new Uint32Array(scratch[1].buffer)];
  countDigits(from, values.length);
  for (let pass = 0; pass < PASSES; pass++) {
    if (isAlwaysTheSame(from, pass, values.length)) continue;
    distribute(from, to, pass, values.length);
    [from, to] = [to, from];
  }
  restoreNumbers(from, values.length);
  values.set(new Float64Array(from.buffer, 0, values.length));
}

/** Turns bits so that they sort as numbers do: negative numbers wholly, others in the sign. */
function countDigits(bits: Uint32Array, size: number): void {
  counts.fill(0);
  for (let index = 0; index < 2 * size; index += 2) {
    const sign = (bits[index + 1] as number) >> 31;
    const low = ((bits[index] as number) ^ sign) >>> 0;
    const high = ((bits[index + 1] as number) ^ (sign | 0x80000000)) >>> 0;
    bits[index] = low;
    bits[index + 1] = high;
    for (let pass = 0; pass < PASSES; pass++) {
      const digit = pass * BASE + digitOf(low, high, pass);
      counts[digit] = (counts[digit] as number) + 1;
    }
  }
}

function restoreNumbers(bits: Uint32Array, size: number): void {
  for (let index = 0; index < 2 * size; index += 2) {
    const sign = ~((bits[index + 1] as number) >> 31);
    bits[index] = (bits[index] as number) ^ sign;
    bits[index + 1] = (bits[index + 1] as number) ^ (sign | 0x80000000);
  }
}

/** Eleven of the 64 bits, the lowest ones in the first pass. */
function digitOf(low: number, high: number, pass: number): number {
  switch (pass) {
    case 0: return low & (BASE - 1);
    case 1: return (low >>> 11) & (BASE - 1);
    case 2: return (low >>> 22) | ((high & 1) << 10);
    case 3: return (high >>> 1) & (BASE - 1);
    case 4: return (high >>> 12) & (BASE - 1);
    default: return high >>> 23;
  }
}

function isAlwaysTheSame(bits: Uint32Array, pass: number, size: number): boolean {
  return counts[pass * BASE + digitOf(bits[0] as number, bits[1] as number, pass)] === size;
}

function distribute(from: Uint32Array, to: Uint32Array, pass: number, size: number): void {
  const places = counts.subarray(pass * BASE, (pass + 1) * BASE);
  let sum = 0;
  for (let digit = 0; digit < BASE; digit++) {
    const count = places[digit] as number;
    places[digit] = sum;
    sum += count;
  }
  for (let index = 0; index < 2 * size; index += 2) {
    const low = from[index] as number;
    const high = from[index + 1] as number;
    const digit = digitOf(low, high, pass);
    const place = places[digit] as number;
    places[digit] = place + 1;
    to[2 * place] = low;
    to[2 * place + 1] = high;
  }
}
