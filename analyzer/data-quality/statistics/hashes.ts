/** FNV-1a: hash what is there, then each character after it. */
export const EMPTY_TEXT_HASH = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** The hash of a text with one more character (a UTF-16 unit; in ASCII, a byte). */
export function extendedHash(hash: number, character: number): number {
  return Math.imul(hash ^ character, PRIME);
}

/** The hash of a text. */
export function textHash(text: string): number {
  let hash = EMPTY_TEXT_HASH;
  for (let index = 0; index < text.length; index++) hash = extendedHash(hash, text.charCodeAt(index));
  return hash;
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The hash of a number. */
export function numberHash(value: number): number {
  double[0] = value;
  return Math.imul(Math.imul(halves[0] as number, PRIME) ^ (halves[1] as number), 0x9e3779b1);
}
