import * as z from 'zod';
import { Violation, violationSubject } from '../../lib/contract';
import { ShownViolation, violationTable } from './violation-table';

const NAMES = z.union([z.object({ feature_name: z.string() }), z.object({ metric_name: z.string() })]);

/** constraint_violations.json, also as Model Monitor or Clarify wrote it. */
export const VIOLATIONS = z.looseObject({
  violations: z.array(z.looseObject({ constraint_check_type: z.string(), description: z.string(), explanation: z.string().optional() }).and(NAMES)),
});

/** What such a file holds. */
export type ViolationsFile = z.infer<typeof VIOLATIONS>;

/** The violations for a person. */
export function violationsText(violations: ViolationsFile['violations']): string {
  return violations.length === 0 ? 'no violation' : violationTable(violations.map(shown), process.stdout.columns);
}

/** The service's files lack the explanation. */
function shown(violation: ViolationsFile['violations'][number]): ShownViolation {
  const { constraint_check_type: check, description, explanation = '' } = violation;
  return { subject: violationSubject(violation as unknown as Violation), check, description, explanation };
}
