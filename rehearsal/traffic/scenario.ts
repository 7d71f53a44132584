import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { OptionError, parseCategory, parseNull, parseShare, parseShift, parseText, PlantedDrift } from './planted-drift';

const drift = (parse: (option: string) => PlantedDrift): z.ZodType<PlantedDrift[]> => z.array(z.string().transform(parse)).default([]);

const DAY = z.strictObject({
  /** In words, for the person watching. */
  what: z.string(),
  /** Changes of the requests, as the options of the same names have them. */
  shift: drift(parseShift),
  null: drift(parseNull),
  category: drift(parseCategory),
  text: drift(parseText),
  /** Condition in SQL: who asks that day. */
  only: z.string().optional(),
  /** Share of the labels that turn out to be another one: `26%`. */
  mislabel: z.string().transform(share => parseShare(share, `mislabel ${share}`)).default(0),
  /** Metrics whose alarms have to be raised by what was captured that day; no other may be. */
  alarms: z.array(z.string()).default([]),
}).transform(({ shift, null: nulls, category, text, ...day }) => ({ ...day, planted: [...shift, ...nulls, ...category, ...text] }));

const SCENARIO = z.strictObject({
  /** Hour (UTC) at which the first request of a day comes. */
  firstHour: z.int().min(0).max(23),
  /** Hours with requests, each day. */
  hours: z.int().min(1),
  recordsPerHour: z.int().min(1),
  days: z.array(DAY).min(1),
}).refine(({ firstHour, hours }) => firstHour + hours <= 24, 'firstHour and hours reach into the next day');

/** A day of a scenario. */
export type ScenarioDay = z.output<typeof DAY>;

/** Days of traffic, each with what is planted in it and the alarms that it has to raise. */
export type Scenario = z.output<typeof SCENARIO>;

/** Reads a scenario's file; fails with OptionError. */
export function readScenario(file: string): Scenario {
  if (!existsSync(file)) throw new OptionError(`${file} does not exist`);
  const result = SCENARIO.safeParse(parseJson(file));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`);
  throw new OptionError(`${file} is no scenario:\n  ${problems.join('\n  ')}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OptionError(`${file} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
}
