import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { AnalyzerError } from './analyzer-error';

/** Reads a JSON file and checks it against a schema; the error names the file and the first thing wrong in it. */
export function readJson<T>(place: string, schema: z.ZodType<T>, what: string): T {
  const file = fileAt(place, what);
  return parseJson(readFileSync(file, 'utf8'), file, schema, what);
}

/** The same of a file that was read. */
export function parseJson<T>(text: string, file: string, schema: z.ZodType<T>, what: string): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new AnalyzerError(`the ${what} in ${file} are not valid JSON`);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at "${issue.path.join('.')}"`;
  throw new AnalyzerError(`the ${what} in ${file} are not as expected${place}: ${issue?.message ?? ''}`);
}

function fileAt(place: string, what: string): string {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new AnalyzerError(`the ${what} were not found at ${place}`);
  if (found.isFile()) return place;
  const [only, ...others] = readdirSync(place).filter(name => name.endsWith('.json'));
  if (only === undefined || others.length > 0) throw new AnalyzerError(`${place} must hold one JSON file, the ${what}; it holds ${others.length > 0 ? 'several' : 'none'}`);
  return path.join(place, only);
}
