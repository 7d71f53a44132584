// What runs in the containers of the managed service's jobs: the rehearsal's idea of AWS' images. `--root FOLDER` stands for /opt/ml.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { ContainerEnvironment, ContainerPath, MetricRecord } from '../../lib/contract';
import type { ProcessingJobRequest } from '../../rehearsal/aws';
import { local, ProgramEnd, runContainer } from '../../rehearsal/player/container';
import { measuredByService } from '../../rehearsal/player/model-monitor/published-metrics';
import { EndpointCopy } from './endpoint-copy';

const { values: { root = '' } } = parseArgs({ options: { root: { type: 'string' } } });
const request = JSON.parse(readFileSync(local(root, ContainerPath.JOB), 'utf8')) as ProcessingJobRequest;

async function main(): Promise<void> {
  const { code, stderr } = explains() ? await askingCopy() : await runContainer(request, root, process.env as Record<string, string>);
  leaveWhatServiceMeasures();
  process.stderr.write(stderr);
  process.exitCode = code;
}

/** Whether Clarify is to explain the model, which it asks for that. */
function explains(): boolean {
  const folder = local(root, ContainerPath.CONFIG);
  const [file] = statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
  if (file === undefined) return false;
  const { methods = {} } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { readonly methods?: object };
  return 'shap' in methods;
}

async function askingCopy(): Promise<ProgramEnd> {
  const endpointName = request.Environment?.[ContainerEnvironment.ENDPOINT_NAME] ?? '';
  const copy = await EndpointCopy.of(endpointName, `sm-clarify-${request.ProcessingJobName}`.slice(0, 63));
  try {
    return await runContainer(request, root, { ...process.env as Record<string, string>, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: copy.url });
  } finally {
    await copy.delete();
  }
}

function leaveWhatServiceMeasures(): void {
  const folder = local(root, ContainerPath.CLOUDWATCH_METRICS);
  for (const name of statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder)) {
    const file = path.join(folder, name);
    const records = readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as MetricRecord);
    writeFileSync(file, measuredByService(records).map(record => `${JSON.stringify(record)}\n`).join(''));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
