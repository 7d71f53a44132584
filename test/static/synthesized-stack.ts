import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { readConfig } from '../../bin/config';
import { ModelMonitoringStack } from '../../lib';
import { Assembly } from '../../rehearsal/assembly/assembly';
import { Deployment } from '../../rehearsal/assembly/deployment';
import { isCustomResource } from '../../rehearsal/assembly/stack';
import { MutableTemplate } from '../rehearsal/sample-assembly';
import { addManagedMonitor } from './managed-monitor';

const NAME = 'ModelMonitoring';

/** A stack on the disk, as `cdk synth` leaves it. */
export class SynthesizedStack {
  /**
   * The sample as `cdk deploy` would deploy it, with the feature flags of cdk.json.
   *
   * @param flags feature flags that are set otherwise
   */
  public static sample(flags: Readonly<Record<string, unknown>> = {}): SynthesizedStack {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
    return this.synthesize(new App({ outdir: folder(), context: { ...context, ...flags } }), (app) => {
      new ModelMonitoringStack(app, NAME, { config: readConfig('config/churn.json') });
    });
  }

  /** A monitor of the managed service, as an account writes it that has the service still. */
  public static managedMonitor(): SynthesizedStack {
    return this.synthesize(new App({ outdir: folder() }), (app) => { addManagedMonitor(app, NAME); });
  }

  private static synthesize(app: App, build: (app: App) => void): SynthesizedStack {
    build(app);
    return new SynthesizedStack(app.synth().directory);
  }

  private constructor(public readonly folder: string) {}

  public get templateFile(): string {
    return path.join(this.folder, `${NAME}.template.json`);
  }

  /** As if it were deployed; custom resources have answered with what could be theirs. */
  public get deployment(): Deployment {
    const deployment = new Deployment(Assembly.load(this.folder));
    const attributes = { StatisticsUri: 's3://bucket/statistics.json', ConstraintsUri: 's3://bucket/constraints.json', JobName: 'job' };
    for (const resource of deployment.resources().filter(isCustomResource)) {
      deployment.attributes.set(resource, { physicalId: resource.logicalId, attributes });
    }
    return deployment;
  }

  /** A copy with a changed template; the assets are shared. */
  public mutated(mutate: (template: MutableTemplate) => void): SynthesizedStack {
    const copy = new SynthesizedStack(folder());
    for (const entry of readdirSync(this.folder)) symlinkSync(path.join(this.folder, entry), path.join(copy.folder, entry));
    const template = JSON.parse(readFileSync(this.templateFile, 'utf8')) as MutableTemplate;
    mutate(template);
    rmSync(copy.templateFile);
    writeFileSync(copy.templateFile, JSON.stringify(template, undefined, 1));
    return copy;
  }

  /** Removes it from the disk. */
  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function folder(): string {
  return mkdtempSync(path.join(tmpdir(), 'static-'));
}
