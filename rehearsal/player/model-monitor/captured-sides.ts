import { readFileSync } from 'node:fs';
import { CaptureIndexName, parseS3Uri } from '../../../lib/contract';
import { Deployment } from '../../assembly/deployment';
import { where } from '../../assembly/stack';
import { UnplayableError } from '../../assembly/unplayable-error';
import { assetPath } from '../../runtime/asset-path';
import { MonitoredEndpoint } from '../monitored-endpoint';
import { JobDefinition } from './job-definition';

/**
 * The sides of a captured request that the service's container analyses: all that there are, unless a script takes one away. Scripts are not run
 * here; the one that is played is that of this package, which leaves the requests alone.
 */
export function capturedSides(
  { preprocessorUri, resource }: JobDefinition, { capture }: MonitoredEndpoint, deployment: Deployment,
): CaptureIndexName[] {
  const captured: CaptureIndexName[] = [...capture.input ? ['endpointInput'] as const : [], ...capture.output ? ['endpointOutput'] as const : []];
  if (preprocessorUri === undefined) return captured;
  const script = deployment.assembly.assets.read(parseS3Uri(preprocessorUri).key);
  if (script?.equals(readFileSync(assetPath('model-monitor', 'requests_only.py'))) === true) return ['endpointInput'];
  throw new UnplayableError(`the script ${preprocessorUri}, which the service's container would run`, where(resource));
}
