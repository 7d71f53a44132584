import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../../../rehearsal/assembly/assembly';
import { Deployment } from '../../../rehearsal/assembly/deployment';
import { TemplateResource } from '../../../rehearsal/assembly/stack';

/** Writes a cloud assembly of hand-written templates, by stack name. */
export function writeAssembly(templates: Record<string, unknown>, environment = 'aws://unknown-account/unknown-region'): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  const artifacts = Object.fromEntries(Object.keys(templates).map(name => [
    name, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${name}.template.json` } },
  ]));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  for (const [name, template] of Object.entries(templates)) writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template));
  return directory;
}

/** One stack named Churn, as if deployed. */
export function deploy(template: unknown, environment?: string): Deployment {
  return new Deployment(Assembly.load(writeAssembly({ Churn: template }, environment)));
}

/** A resource that a test is sure of. */
export function resource(deployment: Deployment, logicalId: string): TemplateResource {
  const found = deployment.assembly.resources().find(candidate => candidate.logicalId === logicalId);
  if (found === undefined) throw new Error(`the test's template has no ${logicalId}`);
  return found;
}
