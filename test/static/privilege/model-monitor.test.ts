import * as path from 'node:path';
import { MonitoringEngine } from '../../../lib';
import { callApi, RequiredPermission } from '../../../rehearsal/iam/implied';
import { Permissions } from '../../../rehearsal/iam/permissions';
import { readScenario } from '../../../rehearsal/traffic/scenario';
import { FIRST_MODEL } from '../../../sample/lending/generate';
import { LendingStack } from '../../../sample/lending/lending-stack';
import { ServedModel } from '../../../sample/lending/served-model';
import { StackAssembly } from '../../rehearsal/sample-assembly';
import { BY_DESIGN } from './by-design';
import { IMPLIED } from './implied';
import { managedJobs } from './implied/processing-jobs';
import { LeastPrivilege } from './least-privilege';
import { policyConditions } from './policy-condition';
import { policyParts } from './policy-part';
import { record, RecordedPlay } from './recorded-play';
import { refusals } from './refusals';

const SCENARIO = readScenario(path.join(__dirname, '../../../sample/lending/scenario.json'));

const managed = new StackAssembly(app => new LendingStack(app, 'Lending', { engine: MonitoringEngine.modelMonitor() }));
let model: ServedModel;
beforeAll(async () => {
  model = await ServedModel.start(FIRST_MODEL);
});
afterAll(async () => {
  managed.remove();
  await model.stop();
});

/** A deployment that changes a schedule stops it, and starts it again: no play deploys twice. */
function changedSchedules({ deployment }: RecordedPlay): RequiredPermission[] {
  const isGuard = (id: string): boolean => id.startsWith('GuardsOfSchedules') && id.includes('IsCompleteRole');
  const role = deployment.resources('AWS::IAM::Role').find(({ logicalId }) => isGuard(logicalId))!;
  return deployment.resources('AWS::SageMaker::MonitoringSchedule').flatMap(schedule => ['Stop', 'Start'].flatMap(verb => callApi(
    role, { action: `sagemaker:${verb}MonitoringSchedule`, resource: deployment.physical(schedule).arn, conditions: {}, input: {} }, deployment,
  )));
}

test('behind the managed service, no statement, action, resource, principal or condition is idle', async () => {
  const play = await record({
    assembly: managed.folder, hours: 1, recordsPerHour: 1, seed: 1, quietHours: [], plan: { calmHours: 0, planted: [] },
    scenario: { ...SCENARIO, recordsPerHour: 300, days: SCENARIO.days.slice(2, 3) }, invocations: model.invocations,
  });
  const required = [...play.permissions, ...managedJobs(play), ...changedSchedules(play), ...Object.values(IMPLIED).flatMap(imply => imply(play))];
  const permissions = new Permissions(play.deployment);
  const privilege = new LeastPrivilege(permissions, required, refusals(play.deployment));
  const parts = policyParts(play.deployment);

  const idle = [
    ...parts.filter(part => !privilege.isNeeded(part)), ...policyConditions(play.deployment).filter(condition => !privilege.keepsOut(condition)),
  ].map(({ name }) => name);

  expect(required.map(permission => permissions.check(permission)).filter(({ allowed }) => !allowed).map(({ reason }) => reason)).toEqual([]);
  expect(parts.filter(({ name }) => /^(Hourly|Daily|GuardsOfSchedules)/.test(name)).length).toBeGreaterThan(50);
  expect(idle.filter(name => !BY_DESIGN.some(([part]) => part.test(name)))).toEqual([]);
});
