/** Texts are read 16 bytes at a time: behind each lie as many bytes that may be read, whatever they are. */
export const READ_AHEAD: usize = 16;

/** Whether two texts of the same size are equal. */
@inline
export function areEqual(left: usize, right: usize, size: usize): bool {
  for (; size > 16; size -= 16, left += 16, right += 16) {
    if (v128.any_true(v128.xor(v128.load(left), v128.load(right)))) return false;
  }
  return (~i8x16.bitmask(i8x16.eq(v128.load(left), v128.load(right))) & ((1 << <i32>size) - 1)) == 0;
}
