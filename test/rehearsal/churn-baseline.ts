import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline, IBaseline, MonitorType } from '../../lib';
import { TRAINING } from './baseline-stack';

/** The baseline of the churn sample as files, made by the command line; and requests that have its columns. */
export class ChurnBaseline {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
  public readonly constraints = path.join(this.folder, 'constraints.json');
  public readonly statistics = path.join(this.folder, 'statistics.json');
  public readonly requests = path.join(this.folder, 'requests.csv');

  constructor() {
    const command = ['baseline', 'data-quality', '--dataset', TRAINING, '--header', '--exclude', 'churn', '--output', this.folder];
    execFileSync(process.execPath, ['assets/cli/model-monitor.js', ...command], { stdio: 'pipe' });
    // The label is the first column, and no part of a request.
    writeFileSync(this.requests, readFileSync(TRAINING, 'utf8').replace(/^[^,\n]*,/gm, ''));
  }

  /** The baseline of a model package that names these files. */
  public inModelPackage(stack: Stack, names: readonly ('constraints' | 'statistics')[]): IBaseline {
    const modelDataQuality = Object.fromEntries(names.map((name) => {
      const asset = new assets.Asset(stack, name, { path: this[name] });
      return [name, { contentType: 'application/json', s3Uri: asset.s3ObjectUrl }];
    }));
    const registered = new sagemaker.CfnModelPackage(stack, 'Package', { driftCheckBaselines: { modelDataQuality } });
    return Baseline.fromModelPackage(stack, 'Registered', { modelPackageArn: registered.ref, monitorType: MonitorType.DATA_QUALITY });
  }

  /** Removes them from the disk. */
  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
