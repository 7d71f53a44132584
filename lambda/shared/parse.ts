import * as z from 'zod';

/** A value as its schema has it. What does not fit is told field by field, without the values. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new TypeError(`${what} is not as expected:\n${z.prettifyError(result.error)}`);
}

/** A JSON text as its schema has it. */
export function parseJson<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TypeError(`${what} is not JSON`);
  }
  return parse(schema, value, what);
}
