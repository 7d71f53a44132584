import { IConstruct } from 'constructs';
import { BiasDimension, BiasStage } from '../../contract';
import { Problems } from '../../private/validation';
import { BiasMetric } from '../bias-metric';
import { Facet } from '../facet';
import { Monitor } from '../monitor';

const PRE_TRAINING: readonly string[] = [
  BiasMetric.CI, BiasMetric.DPL, BiasMetric.KL, BiasMetric.JS, BiasMetric.LP, BiasMetric.TVD, BiasMetric.KS, BiasMetric.CDDL,
];

/** Dimensions that tell the metric of a group, beside the two that every metric bears. */
export function biasDimensions(scope: IConstruct, monitors: readonly Monitor[], metric: string, { _config: facet }: Facet): Record<string, string> {
  const analysis = monitors.map(monitor => monitor._analysis).find(({ type }) => type === 'model-bias')?.analysis;
  const labels = analysis && 'facets' in analysis ? analysis : { label: '', labelValuesOrThreshold: [''], facets: [facet] };
  const problems = new Problems(scope);
  const known: string[] = Object.values(BiasMetric);
  problems.require(known.includes(metric), `there is no bias metric ${JSON.stringify(metric)}: the metrics are ${known.join(', ')}`);
  problems.require(labels.facets.some(({ nameOrIndex }) => nameOrIndex === facet.nameOrIndex),
    `no group of ${JSON.stringify(facet.nameOrIndex)} is analysed: the facets are ${labels.facets.map(({ nameOrIndex }) => nameOrIndex).join(', ')}`);
  const dimensions = {
    [BiasDimension.STAGE]: PRE_TRAINING.includes(metric) ? BiasStage.PRE_TRAINING : BiasStage.POST_TRAINING,
    [BiasDimension.LABEL]: labels.label,
    [BiasDimension.LABEL_VALUE]: nameOf(labels.labelValuesOrThreshold, 'the positive label', problems),
    [BiasDimension.FACET]: String(facet.nameOrIndex),
    [BiasDimension.FACET_VALUE]: nameOf(facet.valueOrThreshold ?? [], `the group of ${facet.nameOrIndex}`, problems),
  };
  problems.throwIfAny();
  return Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/gu, encodeURIComponent)]));
}

/** Values as reports write them; an interval ends in the largest value of the baseline, which nobody knows yet. */
function nameOf(values: readonly (string | number)[], what: string, problems: Problems): string {
  problems.require(values.length > 0 && values.every(value => typeof value === 'string'),
    `the metric's dimensions name ${what} by its values, got ${JSON.stringify(values)}: name them, such as Facet.values('sex', ['f']), `
    + 'or watch DriftMetric.violations(MonitorType.MODEL_BIAS)');
  return values.join(',');
}
