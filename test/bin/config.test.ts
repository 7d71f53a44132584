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
      ...sample, colour: 'blue', model: { ...sample.model, instanceCount: 0 }, capture: { samplingPercentage: 101, sampling: 5 }, dataset: { ...sample.dataset, features: [] },
    });

    expect(() => read(broken)).toThrow(/has 5 problem\(s\)/);
    for (const problem of ['model.instanceCount', 'capture.samplingPercentage', 'capture: Unrecognized key: "sampling"', 'dataset.features', 'Unrecognized key: "colour"']) {
      expect(() => read(broken)).toThrow(problem);
    }
  });

  test('that is no JSON is refused by name', () => {
    expect(() => read('{ "model": ')).toThrow(/config\.json cannot be read as JSON/);
  });

  test('that does not exist is refused by name', () => {
    expect(() => readConfig('config/none.json')).toThrow(/config\/none\.json cannot be read as JSON: ENOENT/);
  });

  test('has a schema, and config/schema.json is it (else: node --import tsx scripts/config-schema.mjs)', () => {
    expect(readFileSync('config/schema.json', 'utf8')).toBe(jsonSchema());
  });
});
