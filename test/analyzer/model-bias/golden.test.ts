import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BiasAnalysisFile, ConstraintViolations, ModelBiasAnalysis, ModelBiasViolation } from '../../../lib/contract';
import { checkDrift } from '../../../analyzer/model-bias/drift-check';
import { GOLDEN } from '../workspace';
import { BiasWorkspace } from './bias-workspace';

const FOLDER = path.join(GOLDEN, '../bias/adult-json');
const present = existsSync(FOLDER);
if (!present) console.warn(`skipped: the service's own files are not at ${FOLDER}`);
const golden = (file: string): unknown => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));

/** The notebook's configuration; the features come as one array without names. */
const ADULT: ModelBiasAnalysis = {
  headers: [
    'Age', 'Workclass', 'fnlwgt', 'Education', 'Education-Num', 'Marital Status', 'Occupation', 'Relationship', 'Ethnic group', 'Sex',
    'Capital Gain', 'Capital Loss', 'Hours per week', 'Country',
  ],
  label: 'Target', labelValuesOrThreshold: [1], facets: [{ nameOrIndex: 'Sex', valueOrThreshold: [0] }], groupVariable: 'Age',
  probabilityThreshold: 0.8, labelDelayHours: 0, minimumRows: 0, method: 'Compatible',
};

const workspace = new BiasWorkspace();
afterAll(() => {
  workspace.remove();
});

(present ? describe : describe.skip)('beside what the service wrote', () => {
  test('the pre-training metrics of adult come out to the last digit, in the service\'s file', () => {
    const { instances } = golden('input.json') as { instances: { features: number[]; label: number }[] };
    const lines = instances.map(({ features, label }) => JSON.stringify({ features, Target: label })).join('\n');
    expect(workspace.biasBaselineOf(lines, ADULT, { json: { lines: true } }).run()).toMatchObject({ status: 0, stderr: '' });
    const theirs = golden('analysis.json') as BiasAnalysisFile;
    expect(workspace.biasBaseline).toEqual({
      version: theirs.version, pre_training_bias_metrics: theirs.pre_training_bias_metrics, headers: ADULT.headers,
    });
  });

  test('the nine violations come out word for word, from the values that they are about', () => {
    const theirs = (golden('constraint_violations.json') as ConstraintViolations).violations as readonly ModelBiasViolation[];
    const reports = golden('analysis.json') as BiasAnalysisFile;
    const baseline = [reports.pre_training_bias_metrics, reports.post_training_bias_metrics].flatMap(report => report!.facets.Sex![0]!.metrics);
    const ours = theirs.map(({ description, metric_name: name }) => {
      const value = Number(/^Metric value (\S+) /.exec(description)![1]);
      const group = { facet: 'Sex', value: '0', rows: 1, ofRows: 2, preTraining: [] };
      return checkDrift(group, { name, description: '', value }, baseline.find(metric => metric.name === name)!, 'Compatible');
    });
    expect(ours).toHaveLength(9);
    expect(ours.map(violation => ({ ...violation, explanation: undefined }))).toEqual(theirs);
  });
});
