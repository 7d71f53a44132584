import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { jsonSchema, readConfig } from '../../bin/config';

describe('a configuration file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'config-'));
  const file = path.join(folder, 'config.json');
  const sample = JSON.parse(readFileSync('config/churn.json', 'utf8')) as Record<string, Record<string, unknown>>;
  const read = (content: string): unknown => {
    writeFileSync(file, content);
    return readConfig(file);
  };

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('of the sample is read', () => {
    expect(readConfig('config/churn.json').dataset.label).toBe('churn');
  });

  test('is refused with every problem at once, each with its place', () => {
    const broken = JSON.stringify({
      ...sample, colour: 'blue', model: { ...sample.model, instanceCount: 0 }, capture: { samplingPercentage: 101, sampling: 5 }, dataset: { ...sample.dataset, features: [], label: undefined },
      monitoring: { cadenceHours: 5, instanceType: 7 }, alarms: { email: 'nobody', featureDrift: { income: 20 }, featureMeanShift: { income: 0 }, violations: ['null_check'] },
      retraining: { instanceType: 'ml.m9.large' },
    });

    expect(() => read(broken)).toThrow(/has 13 problem\(s\)/);
    for (const problem of [
      'model.instanceCount: must be at least 1, got 0',
      'dataset.label: is missing',
      'dataset.features: must be at least 1 entry',
      'capture.samplingPercentage: must be at most 100, got 101',
      'capture: unknown key "sampling"',
      'monitoring.cadenceHours: must be one of 1, 2, 3, 4, 6, 8, 12, 24, got 5',
      'monitoring.instanceType: must be text, got 7',
      'alarms.email: must be an e-mail address, got "nobody"',
      'alarms.featureDrift.income: must be at most 1, got 20',
      'alarms.featureMeanShift.income: must be more than 0, got 0',
      'alarms.violations.0: must be one of data_type_check, completeness_check, baseline_drift_check, missing_column_check, extra_column_check, categorical_values_check, got "null_check"',
      'retraining.instanceType: unknown instance type "ml.m9.large" for a Processing job: did you mean ml.',
      '(top): unknown key "colour"',
    ]) expect(() => read(broken)).toThrow(problem);
  });

  test('that is no JSON is refused by name', () => {
    expect(() => read('{ "model": ')).toThrow(/config\.json cannot be read as JSON/);
  });

  test('that does not exist is refused by name', () => {
    expect(() => readConfig('config/none.json')).toThrow('config/none.json does not exist: give a configuration with -c config=FILE');
  });

  test('that the stack refuses is told without a stack trace, with exit code 1', () => {
    writeFileSync(file, JSON.stringify({ ...sample, model: { ...sample.model, modelData: 'none.tar.gz' }, dataset: { ...sample.dataset, label: 'left' } }));

    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      encoding: 'utf8', env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ config: file }) },
    });

    expect({ status, lines: stderr.trimEnd().split('\n') }).toEqual({ status: 1, lines: [
      'ModelMonitoringStack: model.modelData is no file: "none.tar.gz"',
      expect.stringMatching(/^ {2}dataset\.label "left" is no column of/),
      expect.stringMatching(/^ {2}dataset\.features must be the columns of/),
    ] });
  });

  test('has a schema, and config/schema.json is it (else: node --import tsx scripts/config-schema.mjs)', () => {
    expect(readFileSync('config/schema.json', 'utf8')).toBe(jsonSchema());
  });
});
