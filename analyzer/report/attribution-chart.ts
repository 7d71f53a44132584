import { RankedFeature } from '../model-explainability/drift';
import { clip } from '../format';
import { COLORS } from './colors';
import { Plot } from './plot';

/** As many as fit a page. */
export const SHOWN_FEATURES = 30;

/** Draws what features are worth before and after, as pairs of bars in the order of the baseline's ranking. The first so many are shown. */
export async function paintAttributions(features: readonly RankedFeature[], isAlarming: boolean): Promise<string> {
  const values = features.slice(0, SHOWN_FEATURES).flatMap(({ name, before, after }) => {
    const feature = `${before.rank === after.rank ? '' : `${before.rank} → ${after.rank}  `}${clip(name)}`;
    return [{ feature, side: 'Baseline', value: before.value }, { feature, side: 'Window', value: after.value }];
  });
  return plotOf(isAlarming ? COLORS.alarm : COLORS.window).draw(values);
}

function plotOf(windowColor: string): Plot {
  return new Plot({
    fontSize: 11.5,
    width: 760,
    height: { step: 13 },
    mark: 'bar',
    encoding: {
      y: { field: 'feature', type: 'nominal', sort: null, axis: { title: null, labelLimit: 400, labelOverlap: false, ticks: false } },
      yOffset: { field: 'side', type: 'nominal', sort: null },
      x: { field: 'value', type: 'quantitative', axis: { title: null, tickCount: 6, domain: false, ticks: false } },
      color: { field: 'side', type: 'nominal', sort: null, scale: { domain: ['Baseline', 'Window'], range: [COLORS.baseline, windowColor] }, legend: null },
    },
    config: {
      axis: { labelPadding: 6 },
      scale: { bandWithNestedOffsetPaddingInner: 0.3 },
    },
  });
}
