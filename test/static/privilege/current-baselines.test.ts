import { App } from 'aws-cdk-lib';
import { Permissions } from '../../../rehearsal/iam/permissions';
import { readObject, RequiredPermission, writeObject } from '../../../rehearsal/iam/implied';
import { parseS3Uri } from '../../../lib/contract';
import { BaselineStack, TRAINING } from '../../rehearsal/baseline-stack';
import { ChurnBaseline } from '../../rehearsal/churn-baseline';
import { StackAssembly } from '../../rehearsal/sample-assembly';
import { BY_DESIGN } from './by-design';
import { IMPLIED } from './implied';
import { LeastPrivilege } from './least-privilege';
import { policyParts } from './policy-part';
import { record, RecordedPlay } from './recorded-play';
import { refusals } from './refusals';

const TRAFFIC = { hours: 4, recordsPerHour: 300, seed: 1, quietHours: [1, 2], plan: { calmHours: 0, planted: [] } };
const files = new ChurnBaseline();
const watched = new StackAssembly((app: App) => new BaselineStack(app, BaselineStack.watched()));
const registered = new StackAssembly((app: App) => new BaselineStack(app, stack => files.inModelPackage(stack, ['constraints', 'statistics'])));
afterAll(() => {
  for (const assembly of [watched, registered]) assembly.remove();
  files.remove();
});

/** A deployment whose baseline was made before, as a rollback finds it, makes that the current one: no play rolls back. */
function rolledBack({ deployment }: RecordedPlay): RequiredPermission[] {
  const isMaker = (id: string): boolean => id.startsWith('MakerOfBaselines') && id.includes('OnEventRole');
  const role = deployment.resources('AWS::IAM::Role').find(({ logicalId }) => isMaker(logicalId))!;
  return [...deployment.attributes.values()].flatMap(({ attributes: { CurrentUri } }) => {
    if (typeof CurrentUri !== 'string') return [];
    const access = { role, ...parseS3Uri(CurrentUri) };
    return [...readObject(access, deployment), ...writeObject(access, deployment)];
  });
}

test.each<[string, StackAssembly, object, string]>([
  ['keeps baselines current', watched, { datasets: [{ file: TRAINING }, { file: TRAINING, hour: 1 }] }, 'WatchOfBaselines'],
  ['reads a model package', registered, { file: { path: files.requests, header: true } }, 'ReaderOfModelPackages'],
])('no statement, action, resource or principal of what %s is idle', async (_, { folder: assembly }, options, handler) => {
  const play = await record({ assembly, ...TRAFFIC, ...options });
  const implied = [...Object.values(IMPLIED).flatMap(imply => imply(play)), ...rolledBack(play)];
  const privilege = new LeastPrivilege(new Permissions(play.deployment), [...play.permissions, ...implied], refusals(play.deployment));
  const parts = policyParts(play.deployment);

  const idle = parts.filter(part => !privilege.isNeeded(part)).map(({ name }) => name);

  expect(parts.filter(({ name }) => name.startsWith(handler)).length).toBeGreaterThan(5);
  expect(idle.filter(name => !BY_DESIGN.some(([part]) => part.test(name)))).toEqual([]);
});
