const PRECISION = 14;
const REGISTERS = 2 ** PRECISION;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/** HyperLogLog: counts distinct texts in 16 KB, with an error of about 1 %. */
export class DistinctCounter {
  private readonly registers = new Uint8Array(REGISTERS);

  add(text: string): void {
    const hash = hash32(text);
    const register = hash >>> (32 - PRECISION);
    const rank = Math.clz32(hash << PRECISION | 1 << (PRECISION - 1)) + 1;
    if (rank > (this.registers[register] ?? 0)) this.registers[register] = rank;
  }

  estimate(): number {
    let harmonic = 0;
    let empty = 0;
    for (const rank of this.registers) {
      harmonic += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const raw = ALPHA * REGISTERS * REGISTERS / harmonic;
    return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
  }
}

/** FNV-1a over UTF-16 units, mixed once more so that every bit depends on every character. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) >>> 0;
}
