import { App } from 'aws-cdk-lib';
import { Permissions } from '../../../rehearsal/iam/permissions';
import { readObject, RequiredPermission, writeObject } from '../../../rehearsal/iam/implied';
import { parseS3Uri } from '../../../lib/contract';
import { BaselineStack, TRAINING } from '../../rehearsal/baseline-stack';
import { StackAssembly } from '../../rehearsal/sample-assembly';
import { BY_DESIGN } from './by-design';
import { IMPLIED } from './implied';
import { LeastPrivilege } from './least-privilege';
import { policyParts } from './policy-part';
import { record, RecordedPlay } from './recorded-play';
import { refusals } from './refusals';

const assembly = new StackAssembly((app: App) => new BaselineStack(app, BaselineStack.watched()));
let play: RecordedPlay;
beforeAll(async () => {
  play = await record({
    assembly: assembly.folder, hours: 4, recordsPerHour: 300, seed: 1, quietHours: [1, 2], plan: { calmHours: 0, planted: [] },
    datasets: [{ file: TRAINING }, { file: 'sample/churn/data/training.csv', hour: 1 }],
  });
}, 60_000);
afterAll(() => {
  assembly.remove();
});

/** A deployment whose baseline was made before, as a rollback finds it, makes that the current one: no play rolls back. */
function rolledBack({ deployment }: RecordedPlay): RequiredPermission[] {
  const role = deployment.resources('AWS::IAM::Role').find(({ logicalId }) => logicalId.startsWith('MakerOfBaselines') && logicalId.includes('OnEventRole'))!;
  return [...deployment.attributes.values()].flatMap(({ attributes }) => {
    const access = { role, ...parseS3Uri(String(attributes.CurrentUri)) };
    return [...readObject(access, deployment), ...writeObject(access, deployment)];
  });
}

test('no statement, action, resource or principal of what keeps baselines current is idle', () => {
  const implied = [...Object.values(IMPLIED).flatMap(imply => imply(play)), ...rolledBack(play)];
  const privilege = new LeastPrivilege(new Permissions(play.deployment), [...play.permissions, ...implied], refusals(play.deployment));
  const parts = policyParts(play.deployment);

  const idle = parts.filter(part => !privilege.isNeeded(part)).map(({ name }) => name);

  expect(parts.filter(({ name }) => name.startsWith('WatchOfBaselines')).length).toBeGreaterThan(20);
  expect(idle.filter(name => !BY_DESIGN.some(([part]) => part.test(name)))).toEqual([]);
}, 60_000);
