import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';
import { BiasTable } from '../../analyzer/model-bias/bias-table';
import { DatasetBias } from '../../analyzer/model-bias/dataset-bias';
import { NamedGroup } from '../../analyzer/model-bias/facet-groups';
import { FacetTally } from '../../analyzer/model-bias/facet-tally';
import { measureGroups } from '../../analyzer/model-bias/measurement';
import { CategorySelection } from '../../analyzer/model-bias/selection';
import { BiasAnalysisFile, BiasMetric, FacetMetrics } from '../../lib/contract';
import { ask, describeWithOracles } from './oracle';

const DATASETS = 120;
const TABLES = 120;

interface Dataset {
  readonly csv: string;
  readonly facetValues: (string | number)[] | null;
  readonly labelValues: (string | number)[];
  readonly group: 'group' | null;
}

interface FlagTable {
  readonly facet: readonly boolean[];
  readonly label: readonly boolean[];
  readonly prediction: readonly boolean[];
  readonly group: readonly number[];
  readonly features: readonly (readonly number[])[];
}

interface Answer {
  readonly reports: readonly { readonly pre_training: FacetMetrics[]; readonly post_training: FacetMetrics[]; readonly label: string }[];
  readonly metrics: readonly Readonly<Record<string, BiasMetric['value']>>[];
}

const random = xoroshiro128plus(4);
const below = (limit: number): number => unsafeUniformIntDistribution(0, limit - 1, random);
const chance = (): number => below(1_000_000) / 1_000_000;
const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;

/** Facets: how a value is drawn, and which values the group may be given by. */
const FACETS: readonly { readonly draw: () => string; readonly values: readonly ((string | number)[] | null)[] }[] = [
  { draw: () => pick(['f', 'm']), values: [['f'], null] },
  { draw: () => pick(['a', 'b', 'c', 'd']), values: [['a'], ['a', 'd'], null] },
  { draw: () => pick(['0', '1']), values: [[0], ['1'], null] },
  { draw: () => pick(['True', 'False']), values: [null] },
  { draw: () => String(18 + below(60)), values: [[40]] },
  { draw: () => (100 + chance() * 2000).toFixed(2), values: [[1100], ['900.5'], [1000.25]] },
];

/** Labels and predictions alike. */
const LABELS: readonly { readonly draw: (leaning: number) => string; readonly values: readonly (string | number)[][] }[] = [
  { draw: leaning => chance() < leaning ? '1' : '0', values: [[1], ['1'], [0]] },
  { draw: leaning => chance() < leaning ? 'yes' : 'no', values: [['yes']] },
  { draw: leaning => chance() < leaning ? pick(['good', 'better']) : 'bad', values: [['good', 'better'], ['bad']] },
  { draw: leaning => (leaning * 50 + chance() * 100).toFixed(3), values: [[70], ['60']] },
  { draw: leaning => String(Math.round(leaning * 500 + chance() * 1000)), values: [[600]] },
];

function dataset(): Dataset {
  const facet = pick(FACETS);
  const label = pick(LABELS);
  const rows = Array.from({ length: 60 + below(400) }, () => {
    const leaning = 0.2 + 0.6 * chance();
    return [facet.draw(), label.draw(leaning), label.draw(leaning), below(9), (chance() * 100).toFixed(4), (chance() * 3).toFixed(5)].join(',');
  });
  return {
    csv: ['facet,label,prediction,group,income,score', ...rows].join('\n'),
    facetValues: pick(facet.values), labelValues: pick(label.values), group: pick(['group', null]),
  };
}

function flagTable(): FlagTable {
  const rows = below(4) === 0 ? below(5) : below(60);
  const flags = (): boolean[] => {
    const share = pick([0, 0.1, 0.5, 0.9, 1]);
    return Array.from({ length: rows }, () => chance() < share);
  };
  const numbers = <T>(draw: () => T): T[] => Array.from({ length: rows }, draw);
  return { facet: flags(), label: flags(), prediction: flags(), group: numbers(() => below(3)), features: numbers(() => [chance(), chance() * 5]) };
}

function ourReport({ csv, facetValues, labelValues, group }: Dataset): BiasAnalysisFile {
  const bias = new DatasetBias({
    label: 'label', labelValuesOrThreshold: labelValues, inferenceAttribute: 'prediction', probabilityThreshold: 0.5, labelDelayHours: 0, minimumRows: 0,
    facets: [{ nameOrIndex: 'facet', ...(facetValues && { valueOrThreshold: facetValues }) }], ...(group && { groupVariable: group }), method: 'Compatible',
  });
  const [names, ...rows] = csv.split('\n').map(line => line.split(','));
  for (const cells of rows) bias.look({ names: names!, cells });
  for (const cells of rows) bias.take({ names: names!, cells });
  return bias.file;
}

const facetTally = (): FacetTally => new FacetTally('facet', 0, new NamedGroup(new CategorySelection([1])));

function ourMetrics({ facet, label, prediction, group, features }: FlagTable): Map<string, number | undefined> {
  const table = new BiasTable(['facet', 'group', 'x', 'y'], [facetTally()], 1);
  // In this question the group variable is no feature, so that the flip test must not see it.
  const plain = new BiasTable(['facet', 'x', 'y'], [facetTally()], undefined);
  for (const [row, isMember] of facet.entries()) {
    const cells = features[row]!.map(String);
    table.add([String(isMember), String(group[row]), ...cells], label[row]!, prediction[row]);
    plain.add([String(isMember), ...cells], label[row]!, prediction[row]);
  }
  const measured = (of: BiasTable): [string, number | undefined][] =>
    measureGroups(of, { predictions: true, standardErrors: false })
      .flatMap(({ preTraining, postTraining }) => [...preTraining, ...postTraining ?? []])
      .map(({ name, value }) => [name, value]);
  return new Map([...measured(plain), ...measured(table).filter(([name]) => name.startsWith('CDD'))]);
}

function expectAlike(ours: number | undefined, theirs: number | undefined, what: string): void {
  const [a, b] = [ours ?? NaN, theirs ?? NaN];
  const isAlike = Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a));
  expect({ what, value: isAlike ? b : a }).toEqual({ what, value: b });
}

const valueOf = (value: BiasMetric['value'] | undefined): number | undefined => value === null || value === undefined ? undefined : Number(value);

describeWithOracles('beside smclarify', () => {
  const datasets = Array.from({ length: DATASETS }, dataset);
  const tables = Array.from({ length: TABLES }, flagTable);
  let answer: Answer;

  beforeAll(() => {
    answer = ask('model_bias.py', { datasets, tables }) as Answer;
  });

  test(`${DATASETS} datasets: facets and labels of every kind give the same reports, group by group and metric by metric`, () => {
    for (const [index, question] of datasets.entries()) {
      const ours = ourReport(question);
      const theirs = answer.reports[index]!;
      expect(ours.pre_training_bias_metrics?.label_value_or_threshold).toBe(theirs.label);
      for (const [our, their] of [
        [ours.pre_training_bias_metrics, theirs.pre_training], [ours.post_training_bias_metrics, theirs.post_training],
      ] as const) {
        const groups = our!.facets.facet!;
        const named = (metrics: FacetMetrics): unknown =>
          [metrics.value_or_threshold, metrics.metrics.map(({ name, description }) => [name, description])];
        expect(groups.map(named)).toEqual(their.map(named));
        for (const [at, { value_or_threshold: group, metrics }] of groups.entries()) {
          for (const [place, { name, value }] of metrics.entries()) {
            const theirValue = their[at]!.metrics[place]!.value;
            expectAlike(valueOf(value), valueOf(theirValue), `dataset ${index}, group ${group}, ${name}`);
          }
        }
      }
    }
  });

  test(`${TABLES} small and one-sided tables: the same values, infinite and absent ones too`, () => {
    for (const [index, question] of tables.entries()) {
      const ours = ourMetrics(question);
      const isOneSided = new Set(question.facet).size < 2;
      for (const [name, value] of Object.entries(answer.metrics[index]!)) {
        // Where a side is empty, smclarify compares it for CDDL and CDDPL all the same; we say that there is nobody to compare.
        if (isOneSided && name.startsWith('CDD')) expect(ours.get(name)).toBeUndefined();
        else expectAlike(ours.get(name), valueOf(value), `table ${index}, ${name}`);
      }
    }
  });
});
