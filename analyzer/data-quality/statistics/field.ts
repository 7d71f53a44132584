import { EMPTY_TEXT_HASH, extendedHash } from './hashes';
import { numberOf, ValueType, valueType } from './value-type';

const [COMMA, PLUS, MINUS, POINT, ZERO, LARGE_E, SMALL_E, SPACE] = [...Buffer.from(',+-.0Ee ')] as
  [number, number, number, number, number, number, number, number];
/** Up to as many digits, a number divided by a power of ten is the number nearest to its text. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** What one field of plain CSV holds; read from bytes in one go, one field after the other. */
export class Field {
  end = 0;
  hash = 0;
  type: ValueType = 'String';
  /** NaN where the field is text. */
  number = NaN;

  /** Reads the field that begins at `start` and ends at a comma or at `end`. */
  read(bytes: Buffer, start: number, end: number): void {
    let at = start;
    let hash = EMPTY_TEXT_HASH;
    const first = bytes[at] as number;
    if (first === MINUS || first === PLUS) {
      hash = extendedHash(hash, first);
      at++;
    }
    const digitsStart = at;
    let digits = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      digits = digits * 10 + digit;
      hash = extendedHash(hash, digit + ZERO);
    }
    let count = at - digitsStart;
    let decimals = 0;
    if (count > 0 && at < end && bytes[at] === POINT) {
      hash = extendedHash(hash, POINT);
      const decimalsStart = ++at;
      for (; at < end; at++) {
        const digit = (bytes[at] as number) - ZERO;
        if (digit < 0 || digit > 9) break;
        digits = digits * 10 + digit;
        hash = extendedHash(hash, digit + ZERO);
      }
      decimals = at - decimalsStart;
      count = decimals === 0 ? 0 : count + decimals;
    }
    const stop = at < end ? bytes[at] as number : COMMA;
    if (stop === COMMA && count > 0 && count <= EXACT_DIGITS) {
      const size = decimals === 0 ? digits : digits / (POWERS[decimals] as number);
      this.number = first === MINUS ? -size : size;
      this.type = decimals === 0 ? 'Integral' : 'Fractional';
    } else {
      while (at < end && bytes[at] !== COMMA) hash = extendedHash(hash, bytes[at++] as number);
      if (count > EXACT_DIGITS || stop === SMALL_E || stop === LARGE_E || stop === SPACE) this.readText(bytes.toString('latin1', start, at));
      else this.setText();
    }
    this.end = at;
    this.hash = hash;
  }

  private readText(text: string): void {
    this.type = valueType(text);
    this.number = this.type === 'String' ? NaN : numberOf(text);
  }

  private setText(): void {
    this.type = 'String';
    this.number = NaN;
  }
}
