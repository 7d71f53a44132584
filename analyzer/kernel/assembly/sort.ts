const TOP: u64 = 0x8000_0000_0000_0000;
/** Keys are sorted by two digits of 11 bits at a time: these settle most numbers, and how often each comes fits into the fastest memory. */
const DIGIT_BITS: u64 = 11;
const RADIX: usize = 1 << 11;

/** How often each lower digit comes; then where the next key goes that has it. */
const lowerPlaces = memory.data(2048 * 4);
const upperPlaces = memory.data(2048 * 4);

let room: u32 = 0;
let keys: usize = 0;
let otherKeys: usize = 0;

/** Bits that sort as numbers do: negative numbers turned wholly, others in the sign. */
@inline
export function keyOf(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | TOP);
}

@inline
export function bitsOf(key: u64): u64 {
  return key ^ (<u64>~(<i64>key >> 63) | TOP);
}

/** Sorts numbers (no NaN among them), and writes every second of them from the one at `offset` on. */
export function sortHalf(values: usize, size: u32, offset: u32, target: usize): void {
  reserve(size);
  sortKeys(takeKeys(values, size), size);
  let from = keys + (<usize>offset << 3);
  for (let to = target, end = target + (<usize>size << 2); to < end; to += 8, from += 16) store<u64>(to, bitsOf(load<u64>(from)));
}

function reserve(size: u32): void {
  if (size <= room) return;
  if (room > 0) {
    heap.free(keys);
    heap.free(otherKeys);
  }
  room = 2 * size;
  keys = heap.alloc(<usize>room << 3);
  otherKeys = heap.alloc(<usize>room << 3);
}

/** Returns how many bits, counted from the lowest, it takes to tell the keys apart. */
function takeKeys(values: usize, size: u32): u64 {
  const first = keyOf(load<u64>(values));
  let different: u64 = 0;
  for (let at: usize = 0, end = <usize>size << 3; at < end; at += 8) {
    const key = keyOf(load<u64>(values + at));
    store<u64>(keys + at, key);
    different |= key ^ first;
  }
  return 64 - clz(different);
}

/** The upper bits are sorted by first: few numbers differ in the others alone. */
function sortKeys(bits: u64, size: u32): void {
  sortDigits(bits > 2 * DIGIT_BITS ? bits - 2 * DIGIT_BITS : 0, size);
  if (settles(size)) return;
  for (let shift: u64 = 0; shift < bits; shift += 2 * DIGIT_BITS) sortDigits(shift, size);
}

/** Sorts by two digits, the lower one of them from the bit `shift` on. */
function sortDigits(shift: u64, size: u32): void {
  memory.fill(lowerPlaces, 0, RADIX << 2);
  memory.fill(upperPlaces, 0, RADIX << 2);
  for (let at = keys, end = keys + (<usize>size << 3); at < end; at += 8) {
    const digits = load<u64>(at) >> shift;
    countDigit(lowerPlaces, digits);
    countDigit(upperPlaces, digits >> DIGIT_BITS);
  }
  addUp(lowerPlaces);
  addUp(upperPlaces);
  distribute(lowerPlaces, keys, otherKeys, shift, size);
  distribute(upperPlaces, otherKeys, keys, shift + DIGIT_BITS, size);
}

@inline
function countDigit(places: usize, digits: u64): void {
  const place = placeOf(places, digits);
  store<u32>(place, load<u32>(place) + 1);
}

function addUp(places: usize): void {
  let sum: u32 = 0;
  for (let place = places, end = places + (RADIX << 2); place < end; place += 4) {
    const count = load<u32>(place);
    store<u32>(place, sum);
    sum += count;
  }
}

@inline
function distribute(places: usize, from: usize, to: usize, shift: u64, size: u32): void {
  for (let at = from, end = from + (<usize>size << 3); at < end; at += 8) {
    const key = load<u64>(at);
    const place = placeOf(places, key >> shift);
    const index = load<u32>(place);
    store<u32>(place, index + 1);
    store<u64>(to + (<usize>index << 3), key);
  }
}

@inline
function placeOf(places: usize, digits: u64): usize {
  return places + (<usize>(digits & (RADIX - 1)) << 2);
}

/** Sorts, by insertion, what is nearly sorted; gives up, with nothing lost, where sorting by all bits is cheaper. */
function settles(size: u32): bool {
  let steps = 2 * <i32>size;
  let last = load<u64>(keys);
  for (let at = keys + 8, end = keys + (<usize>size << 3); at < end; at += 8) {
    const key = load<u64>(at);
    if (key >= last) {
      last = key;
      continue;
    }
    let to = at;
    for (; to > keys && load<u64>(to - 8) > key; to -= 8) {
      store<u64>(to, load<u64>(to - 8));
      steps--;
    }
    store<u64>(to, key);
    if (steps < 0) return false;
  }
  return true;
}
