import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { readConfig } from '../../bin/config';
import { ModelMonitoringStack } from '../../lib';

/** The sample as `cdk deploy` would deploy it, with the feature flags of cdk.json. */
export class DeployedSample {
  public readonly folder = mkdtempSync(path.join(tmpdir(), 'static-'));

  /** @param flags feature flags that are set otherwise */
  constructor(flags: Readonly<Record<string, unknown>> = {}) {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    const app = new App({ outdir: this.folder, context: { ...context, ...flags } });
    new ModelMonitoringStack(app, 'ModelMonitoring', { config: readConfig('config/churn.json') });
    app.synth();
  }

  public get templateFile(): string {
    return path.join(this.folder, 'ModelMonitoring.template.json');
  }

  /** Removes it from the disk. */
  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
