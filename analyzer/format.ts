/** Three digits unless told otherwise, thousands apart by a space: `67 500`. */
export function formatNumber(value: number, digits = 3): string {
  const size = Math.abs(value);
  const notation = value !== 0 && (size < 1e-4 || size >= 1e12) ? 'scientific' : 'standard';
  return new Intl.NumberFormat('en', { maximumSignificantDigits: digits, notation }).format(value).replaceAll(',', ' ').replace('E', 'e');
}

/** Different numbers with as many digits as it takes to tell them apart. */
export function formatApart(values: readonly number[]): string[] {
  for (let digits = 3; digits < 17; digits++) {
    const texts = values.map(value => formatNumber(value, digits));
    if (new Set(texts).size === values.length) return texts;
  }
  return values.map(String);
}

/** `0.031` is `3.1 %`. Never rounded to all or nothing. */
export function formatShare(share: number): string {
  if (share > 0.99 && share < 1) return share > 0.9999 ? '> 99.99 %' : `${(Math.floor(share * 1e4) / 100).toFixed(2)} %`;
  if (share > 0 && share < 1e-4) return '< 0.01 %';
  return `${formatNumber(share * 100, 2)} %`;
}

/** A relative change: `+21 %`. */
export function formatChange(change: number): string {
  const percent = formatNumber(Math.abs(change) >= 0.1 ? Math.round(change * 100) : change * 100);
  return `${change >= 0 ? '+' : ''}${percent.replace('-', '−')} %`;
}

/** A decimal as the service prints it: `100.0`, `0.5`, `1.0E-4`, `-0.0`. */
export function formatDecimal(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** The number that a text stands for, whose sign may stand apart from it. */
export function numberOf(text: string): number {
  return Number(text.replace(' ', ''));
}

/** A number as the service would read it: `1.0` where it is a decimal. */
export function numberText(value: number, isDecimal: boolean): string {
  return isDecimal && Number.isFinite(value) ? formatDecimal(value) : String(value);
}

/** A value short enough for a sentence, on one line. */
export function clip(value: string): string {
  const line = value.replace(/\s+/gu, ' ');
  const characters = Array.from(line);
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : line;
}

/** Names for a message: twenty of them, and how many more there are. */
export function listed(names: readonly string[]): string {
  return `${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`;
}
