import { Problems } from '../../private/validation';

/** Notes a share that is none. */
export function requireShare(problems: Problems, name: string, value: number | undefined): void {
  problems.require(value === undefined || (value >= 0 && value <= 1), `${name} must be between 0 and 1, got ${value}`);
}

/** Notes a count that is none. */
export function requireCount(problems: Problems, name: string, value: number | undefined): void {
  problems.require(value === undefined || (Number.isInteger(value) && value > 0), `${name} must be a whole number above 0, got ${value}`);
}

/** Notes a text that is empty. */
export function requireText(problems: Problems, name: string, value: string | undefined): void {
  problems.require(value !== '', `${name} must not be empty: name a column, a path such as predictions.score, or an index such as '0'`);
}

/** An object without the members that are undefined. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** EventBridge Scheduler carries 256 KiB, Step Functions as much to a waiting deployment; a part of it is for names and places. */
const LARGEST_CONFIGURATION = 200_000;

/** Notes what is too large to travel inline. */
export function requireCarriable(problems: Problems, analyses: readonly unknown[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(analyses));
  problems.require(bytes <= LARGEST_CONFIGURATION, `the configuration takes ${bytes} bytes, and ${LARGEST_CONFIGURATION} can be carried: `
  + 'give fewer background rows, facets, overrides or columns, or make a schedule for each monitor');
}
