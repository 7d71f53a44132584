import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readConfig } from '../../bin/config';
import { parseShift } from '../../rehearsal/traffic/planted-drift';
import { SampleAssembly } from './sample-assembly';

const GOLDEN = path.join(__dirname, '../../../shared/golden/data-quality/cardio/input.csv.gz');
const TRAINING_ROWS = 50_000;
const LABEL = 'cardio';

const describeGolden = existsSync(GOLDEN) ? describe : describe.skip;
if (!existsSync(GOLDEN)) process.stderr.write(`skipped: ${GOLDEN} is not here\n`);

/** 68,385 patients of a real study: the first 50,000 are the training data, the rest is the traffic. */
describeGolden('real input', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cardio-'));
  const trainingData = path.join(folder, 'training.csv');
  const traffic = path.join(folder, 'traffic.csv');
  let cardio: SampleAssembly;

  beforeAll(() => {
    const [header = '', ...rows] = gunzipSync(readFileSync(GOLDEN)).toString().trimEnd().split('\n');
    writeFileSync(trainingData, [header, ...rows.slice(0, TRAINING_ROWS), ''].join('\n'));
    writeFileSync(traffic, [header, ...rows.slice(TRAINING_ROWS), ''].join('\n'));
    const features = header.split(',').filter(name => name !== LABEL);
    cardio = new SampleAssembly({
      model: readConfig('config/churn.json').model,
      dataset: { trainingData, label: LABEL, features },
      alarms: { featureDrift: { weight_lbs: 0.1, age: 0.1 }, featureMeanShift: { weight_lbs: 0.2 }, maximumDrift: 0.1, violations: ['completeness_check', 'data_type_check'] },
    });
  });

  afterAll(() => {
    cardio.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test('untouched raises no alarm', async () => {
    const outcome = await cardio.play({ hours: 3, file: { path: traffic, header: true }, plan: { calmHours: 0, planted: [] } });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.hours.map(({ captured }) => captured)).toEqual([6128, 6128, 6129]);
    expect(outcome.alarms.map(({ metricName }) => metricName)).toEqual([]);
    expect(outcome.pipelineStarts).toHaveLength(0);
  });

  test('with weight_lbs times 1.3, its drift and its mean-shift alarm fire, and one pipeline execution starts', async () => {
    const outcome = await cardio.play({ hours: 3, file: { path: traffic, header: true }, plan: { calmHours: 1, planted: [parseShift('weight_lbs=+30%')] } });

    expect(outcome.broken?.message).toBeUndefined();
    expect(outcome.alarms.map(({ metricName }) => metricName).sort())
      .toEqual(['baseline_drift_max', 'feature_baseline_drift_weight_lbs', 'feature_relative_mean_shift_weight_lbs']);
    expect(outcome.pipelineStarts).toHaveLength(1);
    expect(outcome.pipelineStarts[0]!.description).toContain('weight_lbs');
  });
});
