import { InvalidArgumentError } from 'commander';
import { ProvidedDataset } from '../../rehearsal/player/datasets';
import { OptionError, PlantedDrift } from '../../rehearsal/traffic/planted-drift';

/** A whole number within limits. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(maximum === Number.MAX_SAFE_INTEGER ? `give a whole number, ${minimum} or more` : `give a whole number from ${minimum} to ${maximum}`);
  };
}

/** A share, 0–1. */
export function share(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('give a number from 0 to 1');
}

/** A distance, which one of the methods lets exceed 1. */
export function distance(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number < Infinity) return number;
  throw new InvalidArgumentError('give a number, 0 or more');
}

/** An instant, as ISO 8601 text. */
export function instant(text: string): string {
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new InvalidArgumentError('give an ISO 8601 time such as 2026-01-31T09:00:00Z');
}

/** Whole numbers that an option collects as it is repeated. */
export function wholeNumbers(minimum: number): (text: string, before: readonly number[]) => number[] {
  const parse = wholeNumber(minimum);
  return (text, before) => [...before, parse(text)];
}

/** Datasets that an option collects as it is repeated: `FILE`, or `FILE@HOUR` of one that arrives later. */
export function datasets(text: string, before: readonly ProvidedDataset[]): ProvidedDataset[] {
  const [, file, hour] = /^(.+)@(\d+)$/.exec(text) ?? [];
  return [...before, file === undefined || hour === undefined ? { file: text } : { file, hour: wholeNumber(1)(hour) }];
}

/** Planted drifts that an option collects as it is repeated. */
export function drifts(parse: (option: string) => PlantedDrift): (text: string, before: readonly PlantedDrift[]) => PlantedDrift[] {
  return (text, before) => {
    try {
      return [...before, parse(text)];
    } catch (error) {
      if (error instanceof OptionError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
