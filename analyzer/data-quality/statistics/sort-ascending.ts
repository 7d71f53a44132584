const RADIX = 256;
const BYTES = 8;
/** The upper half of a number's bits: most numbers differ in it. */
const UPPER = 4;
/** With more steps a number than these, sorting by the lower half too is cheaper. */
const STEPS = 2;
/** Below, the time goes into counting bytes. */
const FEW = 128;

let scratch = [new Float64Array(4096), new Float64Array(4096)] as const;
const places = new Uint32Array(RADIX);

/** Sorts numbers (no NaN among them) by their bits, which takes a third of the time of comparing them. */
export function sortAscending(values: Float64Array): void {
  const size = values.length;
  if (size < FEW) {
    values.sort();
    return;
  }
  if (scratch[0].length < size) scratch = [new Float64Array(2 * size), new Float64Array(2 * size)];
  scratch[0].set(values);
  let [from, to]: [Uint32Array, Uint32Array] = [new Uint32Array(scratch[0].buffer, 0, 2 * size), new Uint32Array(scratch[1].buffer, 0, 2 * size)];
  turnBits(from);
  [from, to] = sortByBytes(from, to, UPPER);
  if (!settles(from)) [from] = sortByBytes(from, to, 0);
  restoreNumbers(from);
  values.set(new Float64Array(from.buffer, 0, size));
}

/** Turns bits so that they sort as numbers do: negative numbers wholly, others in the sign. */
function turnBits(bits: Uint32Array): void {
  for (let index = 0; index < bits.length; index += 2) {
    const sign = (bits[index + 1] as number) >> 31;
    bits[index] = (bits[index] as number) ^ sign;
    bits[index + 1] = (bits[index + 1] as number) ^ (sign | 0x80000000);
  }
}

function restoreNumbers(bits: Uint32Array): void {
  for (let index = 0; index < bits.length; index += 2) {
    const sign = ~((bits[index + 1] as number) >> 31);
    bits[index] = (bits[index] as number) ^ sign;
    bits[index + 1] = (bits[index + 1] as number) ^ (sign | 0x80000000);
  }
}

/** Sorts by each byte from the `first` one on, the highest last; returns the sorted bits, then the scratch. */
function sortByBytes(bits: Uint32Array, scratchBits: Uint32Array, first: number): [Uint32Array, Uint32Array] {
  let [from, to] = [bits, scratchBits];
  for (let byte = first; byte < BYTES; byte++) {
    const bytes = new Uint8Array(from.buffer, 0, 4 * from.length);
    countByte(bytes, byte);
    if (2 * (places[bytes[byte] as number] as number) === from.length) continue;
    distribute(from, to, bytes, byte);
    [from, to] = [to, from];
  }
  return [from, to];
}

function countByte(bytes: Uint8Array, byte: number): void {
  places.fill(0);
  for (let index = byte; index < bytes.length; index += BYTES) {
    const value = bytes[index] as number;
    places[value] = (places[value] as number) + 1;
  }
}

function distribute(from: Uint32Array, to: Uint32Array, bytes: Uint8Array, byte: number): void {
  let sum = 0;
  for (let value = 0; value < RADIX; value++) {
    const count = places[value] as number;
    places[value] = sum;
    sum += count;
  }
  for (let index = 0; index < from.length; index += 2) {
    const value = bytes[4 * index + byte] as number;
    const place = places[value] as number;
    places[value] = place + 1;
    to[2 * place] = from[index] as number;
    to[2 * place + 1] = from[index + 1] as number;
  }
}

/** Sorts, by insertion, what is nearly sorted; gives up, with nothing lost, where it is not. */
function settles(bits: Uint32Array): boolean {
  let steps = STEPS * bits.length / 2;
  for (let index = 2; index < bits.length; index += 2) {
    const low = bits[index] as number;
    const high = bits[index + 1] as number;
    let to = index;
    for (; to > 0 && bits[to - 1] === high && (bits[to - 2] as number) > low; to -= 2) {
      bits[to] = bits[to - 2] as number;
      steps--;
    }
    bits[to] = low;
    if (steps < 0) return false;
  }
  return true;
}
