import { RequiredPermission } from '../../../rehearsal/iam/implied';
import { Permissions } from '../../../rehearsal/iam/permissions';
import { placesIn } from '../checks/finding';
import { outside } from '../checks/local-paths';
import { SynthesizedStack } from '../synthesized-stack';
import { BY_DESIGN } from './by-design';
import { IMPLIED } from './implied';
import { LeastPrivilege } from './least-privilege';
import { policyConditions } from './policy-condition';
import { policyDocuments, policyParts } from './policy-part';
import { RecordedPlay, recordPlay } from './recorded-play';
import { refusals } from './refusals';

/** Merged statements are what is deployed; in separate ones, each grant has to answer for itself. */
describe.each([
  ['as cdk.json has it deployed', {}],
  ['each grant in a statement of its own', { '@aws-cdk/aws-iam:minimizePolicies': false }],
])('the permissions of the sample, %s', (_, flags) => {
  const sample = SynthesizedStack.sample(flags);
  let play: RecordedPlay;
  let permissions: Permissions;
  let privilege: LeastPrivilege;

  beforeAll(async () => {
    play = await recordPlay(sample.folder);
    permissions = new Permissions(play.deployment);
    const required = [...play.permissions, ...Object.values(IMPLIED).flatMap(imply => imply(play))];
    privilege = new LeastPrivilege(permissions, required, refusals(play.deployment));
  });
  afterAll(() => {
    sample.remove();
  });

  const denied = (required: readonly RequiredPermission[]): string[] =>
    required.map(permission => permissions.check(permission)).filter(({ allowed }) => !allowed).map(({ reason }) => reason);

  test('every call that a handler makes is allowed, and nothing is taken for granted', () => {
    expect(new Set(play.calls.map(({ handler }) => handler)).size).toBe(5);
    expect(denied(play.permissions)).toEqual([]);
    expect(play.permissions.flatMap(permission => permissions.check(permission).unproven ?? [])).toEqual([]);
  });

  test('every job that a handler starts exchanges its files where it may', () => {
    const jobs = play.calls.filter(({ call }) => call.operation === 'CreateProcessingJob');

    expect(jobs.length).toBeGreaterThan(1);
    expect(jobs.flatMap(({ handler, call }) => outside(placesIn(call.input, handler)))).toEqual([]);
  });

  test.each(Object.keys(IMPLIED))('%s is allowed all that it implies, and AWS documents each', (what) => {
    const implied = IMPLIED[what]!(play);

    expect(implied.length).toBeGreaterThan(0);
    expect(denied(implied)).toEqual([]);
    for (const { documentation } of implied) expect(documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  test('what must be forbidden is forbidden by a statement', () => {
    const forbidden = refusals(play.deployment);

    expect(forbidden.length).toBeGreaterThan(20);
    expect(forbidden.filter(request => permissions.check(request).explicitDeny !== true)).toEqual([]);
  });

  test('no statement, action, resource or principal of any policy is idle, but for those that are so by design', () => {
    const parts = policyParts(play.deployment);

    const idle = parts.filter(part => !privilege.isNeeded(part)).map(({ name }) => name);

    expect(parts.length).toBeGreaterThan(300);
    expect(idle.filter(name => !BY_DESIGN.some(([part]) => part.test(name)))).toEqual([]);
    expect(BY_DESIGN.filter(([part]) => !idle.some(name => part.test(name)))).toEqual([]);
  });

  test('a superfluous statement, action and resource would be found', () => {
    const role = play.deployment.resources('AWS::IAM::Policy').find(({ logicalId }) => logicalId.includes('Results'))!;
    const [statements] = policyDocuments(role);
    statements!.push({ Effect: 'Allow', Action: ['s3:DeleteObject', 's3:ListBucket'], Resource: ['*', 'arn:aws:s3:::elsewhere'] });
    try {
      const idle = policyParts(play.deployment).filter(part => /DeleteObject|elsewhere/.test(part.name) && !privilege.isNeeded(part));

      const found = [/: s3:DeleteObject, s3:ListBucket on/, /: s3:DeleteObject on/, /on arn:aws:s3:::elsewhere$/];
      expect(idle.map(({ name }) => name)).toEqual(expect.arrayContaining(found.map(name => expect.stringMatching(name) as string)));
    } finally {
      statements!.pop();
    }
  });

  test('every condition keeps out somebody or something that is not needed', () => {
    const conditions = policyConditions(play.deployment);

    const idle = conditions.filter(condition => !privilege.keepsOut(condition)).map(({ name }) => name);

    expect(conditions.length).toBeGreaterThan(20);
    expect(idle.filter(name => !BY_DESIGN.some(([part]) => part.test(name)))).toEqual([]);
  });
});
