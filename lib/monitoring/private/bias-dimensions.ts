import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { aboveName, biasDimensions, BiasFacet, BiasStage, groupName } from '../../contract';
import { Problems } from '../../private/validation';
import { BiasMetric } from '../bias-metric';
import { Facet } from '../facet';
import { Monitor } from '../monitor';
import { facetText } from './facet-text';

const PRE_TRAINING: readonly string[] = [
  BiasMetric.CI, BiasMetric.DPL, BiasMetric.KL, BiasMetric.JS, BiasMetric.LP, BiasMetric.TVD, BiasMetric.KS, BiasMetric.CDDL,
];

/** Dimensions that tell the metric of a group, beside the two that every metric bears. */
export function dimensionsOfGroup(
  scope: IConstruct, monitors: readonly Monitor[], metric: string, { _config: facet }: Facet,
): Record<string, string> {
  const analysis = monitors.map(monitor => monitor._analysis).find(({ type }) => type === 'model-bias')?.analysis;
  const labels = analysis && 'facets' in analysis ? analysis : { label: '', labelValuesOrThreshold: [''], facets: [facet] };
  const problems = new Problems(scope);
  const known: string[] = Object.values(BiasMetric);
  problems.require(known.includes(metric), `there is no bias metric ${JSON.stringify(metric)}: the metrics are ${known.join(', ')}`);
  problems.require(labels.facets.some(analysed => includes(analysed, facet)),
    `the group ${facetText(facet)} is not analysed: the facets are ${labels.facets.map(facetText).join(', ')}`);
  const dimensions = biasDimensions({
    STAGE: PRE_TRAINING.includes(metric) ? BiasStage.PRE_TRAINING : BiasStage.POST_TRAINING,
    LABEL: labels.label,
    LABEL_VALUE: nameOf(labels.labelValuesOrThreshold, 'the positive label', problems),
    FACET: String(facet.nameOrIndex),
    FACET_VALUE: nameOf(facet.valueOrThreshold ?? [], `the group of ${facet.nameOrIndex}`, problems),
  });
  problems.throwIfAny();
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

/** Whether a facet has the group, or each value of its column. */
function includes(facet: BiasFacet, group: BiasFacet): boolean {
  return facet.nameOrIndex === group.nameOrIndex && (facet.valueOrThreshold === undefined || facetText(facet) === facetText(group));
}

/** Values as the metrics name them. */
function nameOf(values: readonly (string | number)[], what: string, problems: Problems): string {
  problems.require(values.length > 0,
    `the metric's dimensions name ${what}, and of Facet.eachValue only the data know which groups there are: name one, such as Facet.values('sex', ['f']), `
    + 'or watch DriftMetric.violations(MonitorType.MODEL_BIAS)');
  problems.require(!values.some(value => typeof value === 'number' && Token.isUnresolved(value)),
    `the metric's dimensions name ${what}, which is known only when the stack is deployed: give the value itself`);
  const [value] = values;
  return typeof value === 'number' ? aboveName(value) : groupName(values.join(','));
}
