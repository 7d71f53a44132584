import * as z from 'zod';
import { figure, table } from '../../rehearsal/report/table';

const VALUE = z.union([z.number(), z.string()]).nullable();
const METRIC = z.object({ name: z.string(), description: z.string(), value: VALUE, error: z.string().optional() });
const GROUP = z.object({ value_or_threshold: z.string(), metrics: z.array(METRIC) });
const REPORT = z.object({ label: z.string(), label_value_or_threshold: z.string(), facets: z.record(z.string(), z.array(GROUP)) });

/** analysis.json of a bias baseline. */
export const BIAS_FILE = z.object({ pre_training_bias_metrics: REPORT.optional(), post_training_bias_metrics: REPORT.optional() });

/** The bias of each group, before and after training. */
export function biasTables({ pre_training_bias_metrics: before, post_training_bias_metrics: after }: z.infer<typeof BIAS_FILE>): string {
  return [tableOf('before training', before), tableOf('after training', after)].filter(text => text !== undefined).join('\n');
}

function tableOf(when: string, report: z.infer<typeof REPORT> | undefined): string | undefined {
  if (report === undefined) return undefined;
  const rows = table(['facet', 'group', 'metric', 'value', 'meaning']);
  for (const [facet, groups] of Object.entries(report.facets)) {
    for (const { value_or_threshold: group, metrics } of groups) {
      for (const { name, description, value, error } of metrics) rows.push([facet, group, name, typeof value === 'number' ? figure(value) : value ?? '–', error ?? description]);
    }
  }
  return `${when}, ${report.label} = ${report.label_value_or_threshold}\n${rows.toString()}`;
}
