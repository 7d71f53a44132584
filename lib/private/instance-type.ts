import { Token } from 'aws-cdk-lib';
import { INSTANCE_FAMILIES } from './instance-types';
import { Problems } from './validation';

/** What an instance is for; each takes its own instance types. */
export type InstanceUse = keyof typeof INSTANCE_FAMILIES;

const PURPOSE: Record<InstanceUse, string> = {
  endpoint: 'an endpoint',
  processing: 'a Processing job',
  training: 'a training job',
};

/** Notes a problem if SageMaker knows no such instance type, with the names it may have been meant to be. */
export function requireInstanceType(problems: Problems, instanceType: string, use: InstanceUse): void {
  const problem = instanceTypeProblem(instanceType, use);
  if (problem !== undefined) problems.add(problem);
}

/** What is wrong with an instance type, if something is. */
export function instanceTypeProblem(instanceType: string, use: InstanceUse): string | undefined {
  const known = instanceTypes(use);
  if (Token.isUnresolved(instanceType) || known.includes(instanceType)) return undefined;
  return `unknown instance type ${JSON.stringify(instanceType)} for ${PURPOSE[use]}: did you mean ${nearest(withPrefix(instanceType), known).join(', ')}?`;
}

/**
 * Whether an instance has NVMe disks, which encrypt themselves; SageMaker refuses a key for the volumes of such an endpoint.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
 */
export function hasLocalStorage(instanceType: string): boolean {
  const family = instanceType.split('.')[1] ?? '';
  return /^[a-z]+\d+[a-z]*d/.test(family) || /^(?:dl|g[5-9]|p[5-9]|trn)/.test(family);
}

function instanceTypes(use: InstanceUse): string[] {
  return Object.entries(INSTANCE_FAMILIES[use]).flatMap(([family, sizes]) => sizes.split(' ').map(size => `ml.${family}.${size}`));
}

/** EC2 calls the same types by their name without `ml.`. */
function withPrefix(instanceType: string): string {
  return instanceType.startsWith('ml.') ? instanceType : `ml.${instanceType}`;
}

function nearest(word: string, candidates: string[]): string[] {
  return candidates
    .map(candidate => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** How many characters must be added, removed or changed to turn one word into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      next.push(Math.min(at(next, j) + 1, at(row, j + 1) + 1, at(row, j) + (character === other ? 0 : 1)));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? 0;
}
