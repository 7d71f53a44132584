import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { FileSystem, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ModelBiasAnalysis, ModelExplainabilityAnalysis, MonitorConfig } from '../../../contract';
import { grantListObjects, grantReadObjects } from '../../../private/grants';

/** analysis_config.json of a monitor of Clarify, which the service reads and does not make. */
export class AnalysisConfig extends Construct {
  /** S3 URI of the file. */
  public readonly uri: string;

  constructor(scope: Construct, id: string, config: object, reader: iam.IGrantable) {
    super(scope, id);
    const folder = FileSystem.mkdtemp('analysis-config-');
    const file = path.join(folder, 'analysis_config.json');
    writeFileSync(file, JSON.stringify(config, undefined, 2));
    const asset = new assets.Asset(this, 'File', { path: file });
    // The assembly has a copy; without staging, it names the file itself.
    if (path.resolve(Stage.of(this)?.outdir ?? '', asset.assetPath) !== file) rmSync(folder, { recursive: true });
    grantReadObjects(asset.bucket, reader, asset.s3ObjectKey);
    grantListObjects(asset.bucket, reader, asset.s3ObjectKey);
    this.uri = asset.s3ObjectUrl;
  }
}

/** Content of analysis_config.json; `undefined` where the monitor needs none. */
export function analysisConfig(monitor: Pick<MonitorConfig, 'type' | 'analysis'>): object | undefined {
  if ('facets' in monitor.analysis) return biasConfig(monitor.analysis);
  if ('predictor' in monitor.analysis) return explainabilityConfig(monitor.analysis);
  return undefined;
}

/** The label is the last of the headers. */
function biasConfig({ headers = [], label, labelValuesOrThreshold, facets, groupVariable }: ModelBiasAnalysis): object {
  return {
    headers: [...headers, label],
    label,
    label_values_or_threshold: labelValuesOrThreshold,
    facet: facets.map(({ nameOrIndex, valueOrThreshold }) => ({ name_or_index: nameOrIndex, value_or_threshold: valueOrThreshold })),
    group_variable: groupVariable,
  };
}

/** Without a predictor, the model is that of the endpoint whose traffic is watched. */
function explainabilityConfig({ headers, background, samples, aggregation, useLogit }: ModelExplainabilityAnalysis): object {
  return {
    headers,
    methods: { shap: { baseline: background, num_samples: samples, agg_method: aggregation, use_logit: useLogit, save_local_shap_values: false } },
  };
}
