const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One spelling for what is the same value: `1.0` is `1`, and so is `true`. */
export function categoryOf(text: string): string {
  const trimmed = text.trim();
  if (/^true$/i.test(trimmed)) return '1';
  if (/^false$/i.test(trimmed)) return '0';
  return NUMBER.test(trimmed) ? String(Number(trimmed) || 0) : trimmed;
}

/** The number that a text is; `undefined` where it is none. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text.trim()) ? Number(text) : undefined;
}
