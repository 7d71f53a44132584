import { readFileSync } from 'node:fs';
import { CaptureIndexName } from '../../../lib/contract';
import { UnplayableError } from '../../assembly/unplayable-error';
import { assetPath } from '../../runtime/asset-path';
import { CaptureSettings } from '../../traffic/capture-file';

/** Script that each captured request goes through before it is analysed. */
interface Preprocessor {
  readonly uri: string;
  /** Absent where it cannot be found. */
  readonly content: Uint8Array | undefined;
}

/**
 * The sides of a captured request that the service's container analyses: all that there are, unless a script takes one away. Scripts are not run
 * here; the one that is played is that of this package, which leaves the requests alone.
 *
 * @param where the job definition stands, in words
 */
export function capturedSides(capture: Pick<CaptureSettings, 'input' | 'output'>, script: Preprocessor | undefined, where: string): CaptureIndexName[] {
  if (script === undefined) return [...capture.input ? ['endpointInput'] as const : [], ...capture.output ? ['endpointOutput'] as const : []];
  if (script.content !== undefined && readFileSync(assetPath('model-monitor', 'requests_only.py')).equals(script.content)) return ['endpointInput'];
  throw new UnplayableError(`the script ${script.uri}, which the service's container would run`, where);
}
