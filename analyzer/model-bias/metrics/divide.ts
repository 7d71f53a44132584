/** A ratio as Clarify has it: nothing of nothing is 0, something of nothing infinite. */
export function divide(a: number, b: number): number {
  return a === 0 && b === 0 ? 0 : a / b;
}

/** A difference in which two equal infinities cancel out. */
export function subtract(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
