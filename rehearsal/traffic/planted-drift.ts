import { Random } from './random';
import { Row } from './row';

/** What a planted drift shows itself by. */
export type DriftKind = 'shift' | 'null' | 'category' | 'text';

/** A change that is planted in one feature of the traffic. */
export interface PlantedDrift {
  readonly kind: DriftKind;
  readonly feature: string;
  /** In words, for the person watching. */
  readonly description: string;
  apply(rows: readonly Row[], random: Random): Row[];
}

/** An option that cannot be understood, or not be played. */
export class OptionError extends Error {}

/** `income=+10%` (every value times 1.1), `income=82000` (mean moved there), `income=82000:10000` (mean and standard deviation). */
export function parseShift(option: string): PlantedDrift {
  const { feature, value } = assignment(option, '--shift', 'income=+10%, income=82000 or income=82000:10000');
  const percent = /^([+-]\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  if (percent !== undefined) {
    const factor = 1 + Number(percent) / 100;
    return shift(feature, `${feature} ${percent} %`, number => number * factor);
  }
  const [mean, deviation] = value.split(':').map(Number);
  if (mean === undefined || Number.isNaN(mean) || Number.isNaN(deviation ?? 0) || (deviation ?? 1) <= 0) {
    throw new OptionError(`--shift ${option}: ${JSON.stringify(value)} is neither a percentage like +10% nor a mean like 82000 or 82000:10000`);
  }
  return matchedShift(feature, mean, deviation);
}

/** `email=15%`: that share of the values goes missing. */
export function parseNull(option: string): PlantedDrift {
  const { feature, value } = assignment(option, '--null', 'email=15%');
  const share = parseShare(value, `--null ${option}`);
  return { kind: 'null', feature, description: `${feature}: ${value} null`, apply: replaceShare(feature, share, () => null) };
}

/** `payment_type=crypto:3%`: that share of the values becomes a new category. */
export function parseCategory(option: string): PlantedDrift {
  return replacement(option, 'category', '--category', 'payment_type=crypto:3%');
}

/** `age=n/a:2%`: that share of the values becomes text. */
export function parseText(option: string): PlantedDrift {
  return replacement(option, 'text', '--text', 'age=n/a:2%');
}

function replacement(option: string, kind: DriftKind, flag: string, example: string): PlantedDrift {
  const { feature, value } = assignment(option, flag, example);
  const [, text, share] = /^(.+):(\d+(?:\.\d+)?%)$/.exec(value) ?? [];
  if (text === undefined || share === undefined) throw new OptionError(`${flag} ${option}: give a value and its share, like ${example}`);
  return {
    kind, feature, description: `${feature}: ${share} "${text}"`, apply: replaceShare(feature, parseShare(share, `${flag} ${option}`), () => text),
  };
}

function assignment(option: string, flag: string, example: string): { feature: string; value: string } {
  const at = option.lastIndexOf('=');
  if (at < 1 || at === option.length - 1) throw new OptionError(`${flag} ${option}: give a feature and a value, like ${example}`);
  return { feature: option.slice(0, at), value: option.slice(at + 1) };
}

/** `15%` as a number; `where` it stands is for the message. */
export function parseShare(text: string, where: string): number {
  const number = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1] ?? NaN);
  if (!(number >= 0 && number <= 100)) throw new OptionError(`${where}: ${JSON.stringify(text)} is not a percentage between 0% and 100%`);
  return number / 100;
}

function replaceShare(feature: string, share: number, replace: () => string | null): PlantedDrift['apply'] {
  return (rows, random) => {
    const chosen = new Set(random.sample(rows.map((_, i) => i), Math.round(rows.length * share)));
    return rows.map((row, i) => (chosen.has(i) ? { ...row, [feature]: replace() } : row));
  };
}

function shift(feature: string, description: string, move: (value: number) => number): PlantedDrift {
  return { kind: 'shift', feature, description, apply: rows => mapNumbers(rows, feature, () => move) };
}

/** Moves the window's own mean and standard deviation exactly to where they are wanted. */
function matchedShift(feature: string, mean: number, deviation?: number): PlantedDrift {
  const scale = (numbers: readonly number[]): ((value: number) => number) => {
    const from = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const spread = Math.sqrt(numbers.reduce((sum, value) => sum + (value - from) ** 2, 0) / numbers.length);
    const factor = deviation === undefined || spread === 0 ? 1 : deviation / spread;
    return value => mean + (value - from) * factor;
  };
  const spread = deviation === undefined ? '' : `, standard deviation ${deviation}`;
  return { kind: 'shift', feature, description: `${feature}: mean ${mean}${spread}`, apply: rows => mapNumbers(rows, feature, scale) };
}

/** Numbers keep their look: whole ones stay whole, others keep two decimals; what is no number stays as it is. */
function mapNumbers(rows: readonly Row[], feature: string, mapping: (numbers: readonly number[]) => (value: number) => number): Row[] {
  const numeric = (row: Row): boolean => row[feature] != null && row[feature] !== '' && Number.isFinite(Number(row[feature]));
  const numbers = rows.filter(numeric).map(row => Number(row[feature]));
  const whole = rows.filter(numeric).every(row => /^[+-]?\d+$/.test(row[feature] ?? ''));
  const move = mapping(numbers);
  return rows.map((row) => {
    if (!numeric(row)) return row;
    const moved = move(Number(row[feature]));
    return { ...row, [feature]: whole ? String(Math.round(moved)) : moved.toFixed(2) };
  });
}
