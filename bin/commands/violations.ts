import path from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { readJson } from '../../analyzer/json-file';
import { ReportFile, Violation, violationSubject } from '../../lib/contract';
import { inWords } from '../analysis/failure';
import { ShownViolation, violationTable } from '../analysis/violation-table';

/** The exit code of who found violations. */
export const VIOLATED = 2;

const NAMES = z.union([z.object({ feature_name: z.string() }), z.object({ metric_name: z.string() })]);
const VIOLATIONS = z.looseObject({
  violations: z.array(z.looseObject({ constraint_check_type: z.string(), description: z.string(), explanation: z.string().optional() }).and(NAMES)),
});

/** `model-monitor violations`: shows a constraint_violations.json, also one that Model Monitor or Clarify wrote. */
export function violationsCommand(): Command {
  return new Command('violations')
    .description('Show what an analysis found. Exit code 2 when there are violations, 0 when there is none, 1 on error.')
    .argument('<folder>', 'folder of constraint_violations.json')
    .option('--json', 'the file\'s content, for machines')
    .action(async (folder: string, { json }: { json?: true }, command: Command) => {
      await inWords(command, () => {
        const content = readJson(path.join(folder, ReportFile.VIOLATIONS), VIOLATIONS, 'violations');
        const { violations } = content;
        if (json === true) process.stdout.write(`${JSON.stringify(content)}\n`);
        else process.stdout.write(`${violations.length === 0 ? 'no violation' : violationTable(violations.map(shown), process.stdout.columns)}\n`);
        process.exitCode = violations.length === 0 ? 0 : VIOLATED;
      });
    });
}

/** The service's files lack the explanation. */
function shown(violation: z.infer<typeof VIOLATIONS>['violations'][number]): ShownViolation {
  const { constraint_check_type: check, description, explanation = '' } = violation;
  return { subject: violationSubject(violation as unknown as Violation), check, description, explanation };
}
