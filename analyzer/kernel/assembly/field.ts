import { numberOf } from './host';
import { FRACTIONAL, INTEGRAL, TEXT } from './value-type';

const PLUS: u8 = 0x2b;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const SPACE: u8 = 0x20;
const CAPITAL: u8 = 0x20;
const SMALL_E: u8 = 0x65;

/** Up to as many digits, a number divided by a power of ten is the number nearest to its text. */
const EXACT_DIGITS: u32 = 15;
const LANES: u32 = 16;

/** Powers of ten from 0 on. */
const POWERS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]);

/** The type of the text that was read last, as the service's container has it: `1.0` is fractional; `NaN`, `.5` and `true` are text. */
export let type: u32 = TEXT;
/** Its number; NaN where it is text. */
export let number: f64 = NaN;

/** Reads a text. Reads up to 16 bytes from its start on, wherever it ends. */
@inline
export function readText(start: usize, end: usize): void {
  const first = load<u8>(start);
  const digits = start + <usize>(first == MINUS || first == PLUS);
  if (!readShort(digits, end, first == MINUS)) readAny(start, digits, end);
}

/** Reads a number of at most 15 digits, all of them at once; returns whether the text is one. */
@inline
function readShort(start: usize, end: usize, isNegative: bool): bool {
  const size = <u32>(end - start);
  if (size - 1 >= EXACT_DIGITS + 1) return false;
  const values = i8x16.sub(v128.load(start), i8x16.splat(ZERO));
  const digits = i8x16.bitmask(i8x16.le_u(values, i8x16.splat(9)));
  const other = ~digits & ((1 << size) - 1);
  if (other == 0) {
    if (size > EXACT_DIGITS) return false;
    setNumber(INTEGRAL, toInteger(values, size, LANES), isNegative);
    return true;
  }
  const point = <u32>ctz(other);
  const decimals = size - 1 - point;
  if ((other & (other - 1)) != 0 || load<u8>(start + point) != POINT || point == 0 || decimals == 0) return false;
  setNumber(FRACTIONAL, toInteger(values, size - 1, point) / load<f64>(POWERS + (<usize>decimals << 3)), isNegative);
  return true;
}

@inline
function setNumber(kind: u32, size: f64, isNegative: bool): void {
  type = kind;
  number = isNegative ? -size : size;
}

/** The digits before and behind a point as one whole number. */
@inline
function toInteger(values: v128, count: u32, point: u32): f64 {
  const place = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>(count - LANES)));
  const digits = i8x16.swizzle(values, i8x16.sub(place, i8x16.ge_s(place, i8x16.splat(<i8>point))));
  const pairs = i16x8.add(i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10)), i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const upper = i32x4.extract_lane(fours, 0) * 10000 + i32x4.extract_lane(fours, 1);
  const lower = i32x4.extract_lane(fours, 2) * 10000 + i32x4.extract_lane(fours, 3);
  return <f64>(<i64>upper * 100000000 + lower);
}

/** Reads a text that is no short number: `[-+]? ?\d+`, or `[-+]? ?\d+(\.\d+|(\.\d+)?[Ee][-+]?\d+)`, or no number. */
function readAny(start: usize, afterSign: usize, end: usize): void {
  type = TEXT;
  number = NaN;
  const digits = afterSign + <usize>(afterSign < end && load<u8>(afterSign) == SPACE);
  let at = digitsEnd(digits, end);
  if (at == digits) return;
  let kind = INTEGRAL;
  if (at < end && load<u8>(at) == POINT) {
    const decimals = at + 1;
    at = digitsEnd(decimals, end);
    if (at == decimals) return;
    kind = FRACTIONAL;
  }
  if (at < end && (load<u8>(at) | CAPITAL) == SMALL_E) {
    at++;
    if (at < end && (load<u8>(at) == MINUS || load<u8>(at) == PLUS)) at++;
    const exponent = at;
    at = digitsEnd(exponent, end);
    if (at == exponent) return;
    kind = FRACTIONAL;
  }
  if (at < end) return;
  const value = numberOf(start, end);
  if (!isFinite(value)) return;
  type = kind;
  number = value;
}

function digitsEnd(start: usize, end: usize): usize {
  let at = start;
  while (at < end && load<u8>(at) - ZERO <= 9) at++;
  return at;
}
