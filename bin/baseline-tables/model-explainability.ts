import * as z from 'zod';
import { figure, table } from '../../rehearsal/report/table';

/** analysis.json of an explainability baseline. */
export const EXPLAINABILITY_FILE = z.object({
  explanations: z.object({
    kernel_shap: z.record(z.string(), z.object({ global_shap_values: z.record(z.string(), z.number()), expected_value: z.number() })),
  }),
});

/** What the model's scores depend on, most important feature first. */
export function explainabilityTables({ explanations: { kernel_shap: labels } }: z.infer<typeof EXPLAINABILITY_FILE>): string {
  const rows = table(['label', 'feature', 'global SHAP value']);
  const expected = table(['label', 'expected value']);
  for (const [label, { global_shap_values: values, expected_value: value }] of Object.entries(labels)) {
    for (const [feature, shap] of Object.entries(values).sort(([, a], [, b]) => b - a)) rows.push([label, feature, figure(shap)]);
    expected.push([label, figure(value)]);
  }
  return `baseline\n${rows.toString()}\n${expected.toString()}`;
}
