import { PythonEnvironment } from '../../python-environment';

/** What CDK itself writes into every stack. */
const TAKEN = ['W3005'];

interface Match {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

/** Errors and warnings of cfn-lint, by template; one run for all, as it takes seconds to begin. */
export function cfnLint(python: PythonEnvironment, templateFiles: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const matches = JSON.parse(python.run('cfn-lint', ['--regions', 'us-east-1', '--format', 'json', '--', ...templateFiles])) as readonly Match[];
  const ours = matches.filter(({ Rule }) => !TAKEN.includes(Rule.Id));
  return new Map(templateFiles.map(file => [file, ours.filter(({ Filename }) => Filename === file).map(({ Rule, Message, Location }) =>
    `${Rule.Id} ${(Location.Path ?? []).slice(1).join('.')}: ${Message}`)]));
}
