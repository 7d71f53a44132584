/** Whether a value is there: bits of `validity` are 0 where one is missing; without validity (0) none is. */
@inline
export function isThere(validity: usize, index: u32): bool {
  return validity == 0 || (load<u8>(validity + (index >> 3)) >> <u8>(index & 7) & 1) != 0;
}
