const COMMA: i8 = 0x2c;
const SPACE: i8 = 0x20;
const QUOTE: i8 = 0x22;
const BACKSLASH: i8 = 0x5c;
const DELETE: i8 = 0x7f;

/** Where a byte comes first; `end` where it does not come before that. */
export function find(byte: u8, start: usize, end: usize): usize {
  for (let at = start; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(byte)));
    if (found != 0) return min(at + ctz(found), end);
  }
  return end;
}

/** How many fields a text of plain CSV has: printable ASCII without quotes and backslashes. -1 where it is not plain. */
export function plainWidth(start: usize, end: usize): i32 {
  let width = 1;
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    const inside = end - at < 16 ? (1 << <i32>(end - at)) - 1 : 0xffff;
    if ((unplain(bytes) & inside) != 0) return -1;
    width += popcnt(i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(COMMA))) & inside);
  }
  return width;
}

@inline
function unplain(bytes: v128): i32 {
  const controls = v128.or(i8x16.lt_s(bytes, i8x16.splat(SPACE)), i8x16.eq(bytes, i8x16.splat(DELETE)));
  const marks = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
  return i8x16.bitmask(v128.or(controls, marks));
}

/** Where a text inside JSON ends: at a quote, or at what cannot be read as it stands. Bytes from 0x80 on are such; so are control characters. */
export function textEnd(start: usize, end: usize): usize {
  let at = plainEnd(start, end);
  while (at + 1 < end && load<u8>(at) == BACKSLASH && isEscape(load<u8>(at + 1))) at = plainEnd(at + 2, end);
  return at;
}

@inline
function plainEnd(start: usize, end: usize): usize {
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    const marks = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
    const others = i8x16.bitmask(v128.or(i8x16.lt_s(bytes, i8x16.splat(SPACE)), marks));
    if (others != 0) return min(at + ctz(others), end);
  }
  return end;
}

/** Letters that make an escape of two bytes: `"\/bfnrt`. */
function isEscape(letter: u8): bool {
  switch (letter) {
    case 0x22: case 0x5c: case 0x2f: case 0x62: case 0x66: case 0x6e: case 0x72: case 0x74: return true;
    default: return false;
  }
}
