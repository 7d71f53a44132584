import { table } from '../../rehearsal/report/table';

/** A violation as it is shown: of any monitor, ours or the service's. */
export interface ShownViolation {
  readonly subject: string;
  readonly check: string;
  readonly description: string;
  readonly explanation: string;
}

/** What violations are about, which constraint is broken, in the service's words and in ours. */
export function violationTable(violations: readonly ShownViolation[], columns: number | undefined): string {
  const rows = table(['feature_name', 'constraint_check_type', 'description', 'explanation'], columns === undefined ? {} : { wordWrap: true, colWidths: widths(columns) });
  for (const { subject, check, description, explanation } of violations) rows.push([subject, check, description, explanation]);
  return rows.toString();
}

/** As wide as the terminal; the checks' names are never cut, sentences get what is left. */
function widths(columns: number): number[] {
  const [subject, check, rules] = [18, 33, 5];
  const sentence = Math.max(24, Math.floor((columns - subject - check - rules) / 2));
  return [subject, check, sentence, sentence];
}
