import * as z from 'zod';
import { Access } from './aws-call';
import { AwsError } from './aws-error';

/** An operation of a service that speaks JSON: what it needs permission for, and what it does. */
export interface Operation {
  access(input: unknown): Access[];
  run(input: unknown): unknown;
}

/** An operation whose input has a shape; any other input is refused with a ValidationException, as the service does. */
export function operation<Shape extends z.ZodType>(
  shape: Shape,
  access: (input: z.output<Shape>) => Access | Access[],
  run: (input: z.output<Shape>) => unknown,
): Operation {
  const parse = (input: unknown): z.output<Shape> => {
    const result = shape.safeParse(input);
    if (result.success) return result.data;
    throw new AwsError('ValidationException', result.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  };
  return {
    access: input => [access(parse(input))].flat(),
    run: input => run(parse(input)),
  };
}

/** Timestamps travel as seconds since the epoch. */
export const timestamp = z.number().transform(seconds => new Date(seconds * 1000));

/** A date as the JSON protocols carry it. */
export const epochSeconds = (date: Date): number => date.getTime() / 1000;
