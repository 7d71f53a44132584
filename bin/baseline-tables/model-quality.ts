import * as z from 'zod';
import { figure, table } from '../../rehearsal/report/table';

const METRIC = z.object({ value: z.number(), standard_deviation: z.union([z.number(), z.string()]).nullish() });
const CONSTRAINT = z.object({ threshold: z.number(), comparison_operator: z.string() });

/** statistics.json and constraints.json alike: what is told lies one level down, under the problem's name. */
export const QUALITY_FILE = z.record(z.string(), z.unknown());

/** How well the model did: each metric, then what it must not be. */
export function qualityTables(statistics: z.infer<typeof QUALITY_FILE>, constraints: z.infer<typeof QUALITY_FILE>): string {
  const metrics = table(['metric', 'value', 'sd']);
  for (const [name, { value, standard_deviation: deviation }] of entriesOf(statistics, '_metrics', METRIC)) {
    metrics.push([name, figure(value), typeof deviation === 'number' ? figure(deviation) : '–']);
  }
  const limits = table(['metric', 'violated when', 'threshold']);
  for (const [name, { threshold, comparison_operator: operator }] of entriesOf(constraints, '_constraints', CONSTRAINT)) limits.push([name, operator, figure(threshold)]);
  return `baseline\n${metrics.toString()}\n${limits.toString()}`;
}

/** Those entries that look as asked; confusion matrix and curves do not. */
function entriesOf<T>(file: z.infer<typeof QUALITY_FILE>, ending: string, schema: z.ZodType<T>): [string, T][] {
  const [, content = {}] = Object.entries(file).find(([key]) => key.endsWith(ending)) ?? [];
  return Object.entries(content as object).flatMap(([name, value]) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [[name, parsed.data] as [string, T]] : [];
  });
}
