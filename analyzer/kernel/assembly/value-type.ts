/** Types that one value can have. */
export const INTEGRAL: u32 = 0;
export const FRACTIONAL: u32 = 1;
export const TEXT: u32 = 2;
