import { BiasAnalysisFile, BiasMethod, BiasReport, FacetMetrics, ModelBiasAnalysis, ModelBiasViolation } from '../../lib/contract';
import { boundsOf, checkBound } from './bound-check';
import { checkDrift } from './drift-check';
import { MeasuredGroup, Measurement } from './measurement';
import { checkPresence } from './presence-check';

/** Every broken constraint of a window's groups. */
export function findViolations(groups: readonly MeasuredGroup[], baseline: BiasAnalysisFile, analysis: ModelBiasAnalysis): ModelBiasViolation[] {
  const { method = 'Robust' } = analysis;
  const bounds = boundsOf(analysis);
  return groups.flatMap(group => [
    ...method === 'Robust' ? [checkPresence(group, entryOf(baseline.pre_training_bias_metrics, group) ?? entryOf(baseline.post_training_bias_metrics, group))] : [],
    ...drifts(group, group.postTraining, baseline.post_training_bias_metrics, method),
    ...drifts(group, group.preTraining, baseline.pre_training_bias_metrics, method),
    ...[...group.preTraining, ...group.postTraining ?? []].map(metric => checkBound(group, metric, bounds[metric.name] ?? {}, method)),
  ].filter(violation => violation !== undefined));
}

function drifts(
  group: MeasuredGroup, metrics: readonly Measurement[] = [], report: BiasReport | undefined, method: BiasMethod,
): (ModelBiasViolation | undefined)[] {
  const baseline = entryOf(report, group)?.metrics ?? [];
  return metrics.map((metric) => {
    const before = baseline.find(({ name }) => name === metric.name);
    return before && checkDrift(group, metric, before, method);
  });
}

/** What a report says of a group. */
export function entryOf(report: BiasReport | undefined, { facet, value }: Pick<MeasuredGroup, 'facet' | 'value'>): FacetMetrics | undefined {
  return report?.facets[facet]?.find(({ value_or_threshold: text }) => text === value);
}
