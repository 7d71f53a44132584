import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { readConfig } from '../../bin/config';
import { ModelMonitoringConfig, ModelMonitoringStack, MonitoringEngine } from '../../lib';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { RehearsalOutcome } from '../../rehearsal/player/outcome';
import { parseCategory, parseNull, parseShift, parseText } from '../../rehearsal/traffic/planted-drift';
import drift from '../../sample/churn/drift.json';

/** A template as a test changes it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- mutations reach anywhere into it
export type MutableTemplate = { Resources: Record<string, { Type: string; Properties: any }> };

/** What the sample's fourth hour brings. */
export const PLANTED = [
  ...drift.shift.map(parseShift), ...drift.category.map(parseCategory), ...drift.null.map(parseNull), ...drift.text.map(parseText),
];

/** A stack, synthesized into a folder of its own. */
export class StackAssembly {
  public readonly folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  private readonly template: string;
  private readonly copies: string[] = [];

  constructor(build: (app: App) => Stack) {
    const app = new App({ outdir: this.folder });
    this.template = build(app).templateFile;
    app.synth();
  }

  /** A copy with a changed template; the assets are shared. */
  public mutated(mutate: (template: MutableTemplate) => void): string {
    const copy = this.newFolder();
    for (const entry of readdirSync(this.folder)) symlinkSync(path.join(this.folder, entry), path.join(copy, entry));
    const file = path.join(copy, this.template);
    const template = JSON.parse(readFileSync(file, 'utf8')) as MutableTemplate;
    mutate(template);
    rmSync(file);
    writeFileSync(file, JSON.stringify(template));
    return copy;
  }

  /** An empty folder. */
  public newFolder(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'rehearsal-'));
    this.copies.push(folder);
    return folder;
  }

  /** Removes everything from the disk. */
  public remove(): void {
    for (const folder of [this.folder, ...this.copies]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The sample stack, synthesized into a folder of its own. */
export class SampleAssembly extends StackAssembly {
  constructor(config: ModelMonitoringConfig = readConfig('config/churn.json'), engine?: MonitoringEngine) {
    super(app => new ModelMonitoringStack(app, 'ModelMonitoring', { config, engine }));
  }

  /** Plays the sample, or a changed copy: one calm hour and one with drift unless asked otherwise. */
  public async play(options: Partial<RehearsalOptions> = {}): Promise<RehearsalOutcome> {
    return rehearse({
      assembly: this.folder, output: this.newFolder(), hours: 2, recordsPerHour: 1000, seed: 1, quietHours: [],
      plan: { calmHours: 1, planted: PLANTED }, observe: () => undefined, ...options,
    });
  }
}

/** The only resource of a type, or the only one whose logical id contains a word. */
export function resource(template: MutableTemplate, type: string, containing = ''): { logicalId: string; properties: MutableTemplate['Resources'][string]['Properties'] } {
  const found = Object.entries(template.Resources).filter(([logicalId, { Type }]) => Type === type && logicalId.includes(containing));
  const [entry] = found;
  if (entry === undefined || found.length > 1) throw new Error(`${found.length} resources of ${type} contain ${JSON.stringify(containing)}: ${found.map(([id]) => id).join(', ')}`);
  return { logicalId: entry[0], properties: entry[1].Properties };
}
