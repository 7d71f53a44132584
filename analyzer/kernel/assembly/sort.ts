const RADIX: usize = 256;
const DIGITS: usize = 8;
/** The upper half of a number's bits: most numbers differ in it. */
const UPPER: usize = 4;
const TOP: u64 = 0x8000_0000_0000_0000;

/** How often each byte comes in each digit; then where the keys that have it go. */
const places = memory.data(8 * 256 * 4);

let room: u32 = 0;
let keys: usize = 0;
let otherKeys: usize = 0;

/** Bits that sort as numbers do: negative numbers turned wholly, others in the sign. */
@inline
function keyOf(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | TOP);
}

@inline
function bitsOf(key: u64): u64 {
  return key ^ (<u64>~(<i64>key >> 63) | TOP);
}

/** The keys of numbers (no NaN among them), sorted byte by byte. They stay until others are sorted. */
export function sortKeys(values: usize, size: u32): usize {
  reserve(size);
  for (let at: usize = 0, end = <usize>size << 3; at < end; at += 8) store<u64>(keys + at, keyOf(load<u64>(values + at)));
  sortDigits(UPPER, size);
  if (!settles(keys, size)) sortDigits(0, size);
  return keys;
}

/** Writes every second of sorted keys, from the one at `offset` on, as a number. */
export function compactSorted(sorted: usize, half: u32, offset: u32, target: usize): void {
  let from = sorted + (<usize>offset << 3);
  for (let at: usize = 0, end = <usize>half << 3; at < end; at += 8, from += 16) store<u64>(target + at, bitsOf(load<u64>(from)));
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

/** Sorts by each byte from the digit `first` on, the highest last. */
function sortDigits(first: usize, size: u32): void {
  countBytes(first, size);
  for (let digit = first; digit < DIGITS; digit++) {
    const counts = places + digit * RADIX * 4;
    if (load<u32>(counts + (<usize>load<u8>(keys + digit) << 2)) == size) continue;
    let sum: u32 = 0;
    for (let place = counts; place < counts + RADIX * 4; place += 4) {
      const count = load<u32>(place);
      store<u32>(place, sum);
      sum += count;
    }
    distribute(counts, digit << 3, size);
    const sorted = otherKeys;
    otherKeys = keys;
    keys = sorted;
  }
}

function countBytes(first: usize, size: u32): void {
  memory.fill(places + first * RADIX * 4, 0, (DIGITS - first) * RADIX * 4);
  for (let at = keys, end = keys + (<usize>size << 3); at < end; at += 8) {
    let key = load<u64>(at) >> (first << 3);
    for (let digit = first; digit < DIGITS; digit++, key >>= 8) {
      const place = places + ((digit * RADIX + <usize>(key & 0xff)) << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
  }
}

function distribute(counts: usize, shift: usize, size: u32): void {
  for (let at = keys, end = keys + (<usize>size << 3); at < end; at += 8) {
    const key = load<u64>(at);
    const place = counts + (<usize>(key >> shift & 0xff) << 2);
    const to = load<u32>(place);
    store<u32>(place, to + 1);
    store<u64>(otherKeys + (<usize>to << 3), key);
  }
}

/** Sorts, by insertion, what is nearly sorted; gives up, with nothing lost, where sorting by the lower half too is cheaper. */
function settles(sorted: usize, size: u32): bool {
  let steps = 2 * <i32>size;
  for (let at = sorted + 8, end = sorted + (<usize>size << 3); at < end; at += 8) {
    const key = load<u64>(at);
    let to = at;
    for (; to > sorted && load<u64>(to - 8) > key; to -= 8) {
      store<u64>(to, load<u64>(to - 8));
      steps--;
    }
    store<u64>(to, key);
    if (steps < 0) return false;
  }
  return true;
}

/** Sorts what consists of a few ascending runs. */
export function mergeRuns(values: usize, size: u32): void {
  reserve(size);
  const end = values + (<usize>size << 3);
  for (let middle = runEnd(values, end); middle < end;) {
    const next = runEnd(middle, end);
    mergeTwo(values, middle, next);
    middle = next;
  }
}

function runEnd(start: usize, end: usize): usize {
  let at = start + 8;
  while (at < end && keyOf(load<u64>(at - 8)) <= keyOf(load<u64>(at))) at += 8;
  return at;
}

function mergeTwo(start: usize, middle: usize, end: usize): void {
  memory.copy(keys, start, middle - start);
  let left = keys;
  const leftEnd = keys + (middle - start);
  let right = middle;
  let to = start;
  while (left < leftEnd && right < end) {
    const a = load<u64>(left);
    const b = load<u64>(right);
    const takesLeft = keyOf(a) <= keyOf(b);
    store<u64>(to, select<u64>(a, b, takesLeft));
    left += <usize>takesLeft << 3;
    right += <usize>!takesLeft << 3;
    to += 8;
  }
  memory.copy(to, left, leftEnd - left);
}
