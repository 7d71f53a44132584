import { existsSync } from 'node:fs';
import { IConstruct } from 'constructs';
import { AlarmSettings, DatasetSettings, ModelMonitoringConfig, ModelSettings } from '../model-monitoring-config';
import { DataQualityCheck } from '../monitoring/data-quality-check';
import { csvHeader } from './csv-header';
import { InstanceUse, requireInstanceType } from './instance-type';
import { Problems } from './validation';

/** Throws a ValidationError that names everything that is wrong with a configuration. */
export function checkConfig(scope: IConstruct, { alarms, capture, dataset, model, monitoring, retraining }: ModelMonitoringConfig): void {
  const problems = new Problems(scope);
  checkModel(model, problems);
  checkDataset(dataset, problems);
  checkAlarms(alarms ?? {}, dataset.features, problems);
  between(problems, 'capture.samplingPercentage', capture?.samplingPercentage, 0, 100);
  checkInstanceType(monitoring?.instanceType, ['processing'], problems);
  const cadence = monitoring?.cadenceHours ?? 1;
  problems.require(Number.isInteger(cadence) && 24 % cadence === 0,
    `monitoring.cadenceHours must be whole hours that divide the day (1, 2, 3, 4, 6, 8, 12, 24), got ${cadence}`);
  checkInstanceType(retraining?.instanceType, ['processing', 'training'], problems);
  between(problems, 'retraining.cooldownHours', retraining?.cooldownHours, 0, 30 * 24);
  const budget = retraining?.maximumPer30Days ?? 1;
  problems.require(Number.isInteger(budget) && budget > 0, `retraining.maximumPer30Days must be a whole number above 0, got ${budget}`);
  problems.throwIfAny();
}

function checkModel({ container, imageUri, instanceType, modelData }: ModelSettings, problems: Problems): void {
  problems.require(imageUri !== undefined || existsSync(container), `model.container is no folder: ${JSON.stringify(container)}`);
  problems.require(existsSync(modelData), `model.modelData is no file: ${JSON.stringify(modelData)}`);
  checkInstanceType(instanceType, ['endpoint'], problems);
}

function checkInstanceType(instanceType: string | undefined, uses: InstanceUse[], problems: Problems): void {
  for (const use of uses) if (instanceType !== undefined) requireInstanceType(problems, instanceType, use);
}

function checkDataset({ features, label, sensitiveFeatures, trainingData }: DatasetSettings, problems: Problems): void {
  problems.require(features.length > 0, 'dataset.features is empty: name the columns that requests hold, in their order');
  problems.require(!features.includes(label), `dataset.features holds the label ${JSON.stringify(label)}, which traffic does not hold: leave it out`);
  known(problems, 'dataset.sensitiveFeatures', sensitiveFeatures ?? [], features);
  if (!existsSync(trainingData)) {
    problems.add(`dataset.trainingData is no file: ${JSON.stringify(trainingData)}`);
    return;
  }
  const all = csvHeader(trainingData);
  problems.require(all.includes(label), `dataset.label ${JSON.stringify(label)} is no column of ${trainingData}: the columns are ${all.join(', ')}`);
  const columns = all.filter(column => column !== label);
  problems.require(columns.join() === features.join(),
    `dataset.features must be the columns of ${trainingData} but the label, in their order, as traffic is read by position: `
    + `got ${features.join(', ')}; the file has ${columns.join(', ')}`);
}

function checkAlarms(settings: AlarmSettings, features: string[], problems: Problems): void {
  const { email, featureDrift, featureMeanShift, maximumDrift, violations } = settings;
  known(problems, 'alarms.featureDrift', Object.keys(featureDrift ?? {}), features);
  known(problems, 'alarms.featureMeanShift', Object.keys(featureMeanShift ?? {}), features);
  for (const [feature, threshold] of Object.entries(featureDrift ?? {})) distance(problems, `alarms.featureDrift.${feature}`, threshold);
  for (const [feature, threshold] of Object.entries(featureMeanShift ?? {})) {
    problems.require(threshold > 0, `alarms.featureMeanShift.${feature} must be above 0 (0.2 is 20 %), got ${threshold}`);
  }
  distance(problems, 'alarms.maximumDrift', maximumDrift ?? 0);
  const checks: string[] = Object.values(DataQualityCheck);
  for (const check of violations ?? []) {
    problems.require(checks.includes(check), `alarms.violations knows no check ${JSON.stringify(check)}: the checks are ${checks.join(', ')}`);
  }
  problems.require(email === undefined || /^\S+@\S+$/.test(email), `alarms.email must be an address, got ${JSON.stringify(email)}`);
}

function known(problems: Problems, setting: string, names: string[], features: string[]): void {
  for (const name of names.filter(name => !features.includes(name))) {
    problems.add(`${setting} names ${JSON.stringify(name)}, which is no feature: the features are ${features.join(', ')}`);
  }
}

function distance(problems: Problems, setting: string, threshold: number): void {
  problems.require(threshold >= 0 && threshold < 1, `${setting} must be from 0 to below 1, got ${threshold}; a distance never exceeds 1`);
}

function between(problems: Problems, setting: string, value: number | undefined, lowest: number, highest: number): void {
  problems.require(value === undefined || (value >= lowest && value <= highest), `${setting} must be between ${lowest} and ${highest}, got ${value}`);
}
