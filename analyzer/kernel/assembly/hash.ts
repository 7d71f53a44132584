const ODD: u64 = 0xd6e8_feb8_6659_fd93;

/** Every bit of the hash depends on every bit of the number: numbers that follow each other are as far apart as any. */
@inline
export function hashBits(bits: u64): u32 {
  let hash = (bits ^ bits >> 32) * ODD;
  hash = (hash ^ hash >> 32) * ODD;
  return <u32>(hash >> 32);
}

/** The hash of a text, eight bytes at a time. Reads up to seven bytes beyond its end. */
@inline
export function hashText(start: usize, end: usize): u32 {
  const size = end - start;
  let bits = <u64>size * ODD;
  let at = start;
  for (; at + 8 < end; at += 8) {
    bits = (bits ^ load<u64>(at)) * ODD;
    bits ^= bits >> 32;
  }
  if (size > 0) bits ^= load<u64>(at) << <u64>(64 - ((end - at) << 3));
  return hashBits(bits);
}
