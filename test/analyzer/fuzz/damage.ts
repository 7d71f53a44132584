import fc from 'fast-check';

type Damage = readonly [place: number, kind: 'cut' | 'insert' | 'replace' | 'end', by: Uint8Array];
const DAMAGE: fc.Arbitrary<Damage> = fc.tuple(
  fc.nat(), fc.constantFrom('cut' as const, 'insert' as const, 'replace' as const, 'end' as const), fc.uint8Array({ minLength: 1, maxLength: 3 }),
);
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** A text as nobody would write it: bytes put in, taken out, changed. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  return fc.tuple(text, fc.array(DAMAGE, { minLength: 1, maxLength: 3 })).map(([whole, damages]) => damages.reduce(damagedBy, Buffer.from(whole)));
}

function damagedBy(bytes: Buffer, [number, kind, by]: Damage): Buffer {
  const place = number % (bytes.length + 1);
  switch (kind) {
    case 'cut': return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + by.length)]);
    case 'insert': return Buffer.concat([bytes.subarray(0, place), by, bytes.subarray(place)]);
    case 'replace': return Buffer.concat([bytes.subarray(0, place), by, bytes.subarray(place + by.length)]);
    case 'end': return bytes.subarray(0, place);
  }
}

/** Lines without their ends: records, damaged ones, other JSON, and bytes. */
export function linesOf(record: fc.Arbitrary<string>): fc.Arbitrary<Buffer[]> {
  const line = fc.oneof(
    { weight: 6, arbitrary: record.map(text => Buffer.from(text)) },
    { weight: 3, arbitrary: damaged(record) },
    { weight: 1, arbitrary: fc.jsonValue().map(value => Buffer.from(JSON.stringify(value))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 30 }).map(bytes => Buffer.from(bytes)) },
  );
  return fc.array(line.map(bytes => Buffer.from(bytes.map(byte => byte === 0x0a ? 0x20 : byte))), { minLength: 1, maxLength: 25 });
}

/** Those of the lines that a file of them has: blank ones are none, and a byte order mark at its start is no text. */
export function linesIn(lines: readonly Buffer[]): Buffer[] {
  return lines
    .map((bytes, index) => index === 0 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? bytes.subarray(3) : bytes)
    .filter(bytes => bytes.toString('utf8').trim() !== '');
}
