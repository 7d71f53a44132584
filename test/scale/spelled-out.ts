/** Longest of what a reference can stand for: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and the services' own. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012', 'AWS::Partition': 'aws-us-gov', 'AWS::Region': 'ap-southeast-1', 'AWS::URLSuffix': 'amazonaws.com.cn', 'AWS::StackName': 'x'.repeat(128),
};
const NAME = 'x'.repeat(64);
/** Up to the account, then the kind and the name. */
const ARN = `arn:aws-us-gov:lambda:ap-southeast-1:123456789012:function:${NAME}`;

/** A value of a template with text as long as it can become in place of each reference. */
export function spelledOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelledOut);
  if (typeof value !== 'object' || value === null) return value;
  const [[intrinsic, argument] = ['', undefined], ...others] = Object.entries(value as Record<string, unknown>);
  if (others.length > 0) return mapped(value);
  switch (intrinsic) {
    case 'Ref': return PSEUDO[argument as string] ?? NAME;
    case 'Fn::GetAtt': return (argument as string[])[1]?.endsWith('Arn') === true ? ARN : NAME;
    case 'Fn::Join': return joined(argument as [string, unknown[]]);
    case 'Fn::Sub': return (argument as string).replace(/\$\{([^}]+)\}/g, (_, name: string) => PSEUDO[name] ?? NAME);
    default: return intrinsic.startsWith('Fn::') ? ARN : mapped(value);
  }
}

/** Characters of a value as JSON without spaces, in which policies are measured. */
export function sizeOf(value: unknown): number {
  const text = spelledOut(value);
  return (typeof text === 'string' ? text : JSON.stringify(text)).length;
}

function joined([delimiter, parts]: [string, unknown[]]): string {
  return parts.map(part => String(spelledOut(part))).join(delimiter);
}

function mapped(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, spelledOut(child)]));
}
