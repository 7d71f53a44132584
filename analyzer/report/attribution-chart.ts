import { parse, Spec, View } from 'vega';
import { compile, TopLevelSpec } from 'vega-lite';
import { RankedFeature } from '../model-explainability/drift';
import { clip } from '../format';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
/** As many as fit a page. */
export const SHOWN_FEATURES = 30;
const DATASET = 'attributions';

/** Draws what features are worth before and after, as pairs of bars in the order of the baseline's ranking. The first so many are shown. */
export async function paintAttributions(features: readonly RankedFeature[], isAlarming: boolean): Promise<string> {
  const values = features.slice(0, SHOWN_FEATURES).flatMap(({ name, before, after }) => {
    const feature = `${before.rank === after.rank ? '' : `${before.rank} → ${after.rank}  `}${clip(name)}`;
    return [{ feature, side: 'Baseline', value: before.value }, { feature, side: 'Window', value: after.value }];
  });
  const spec = template(isAlarming ? '#c8452f' : '#2f6db5');
  const data = spec.data?.map(dataset => dataset.name === DATASET ? { ...dataset, values } : dataset);
  const view = new View(parse({ ...spec, data }), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

function template(windowColor: string): Spec {
  const spec: TopLevelSpec = {
    width: 760,
    height: { step: 13 },
    background: 'transparent',
    data: { name: DATASET },
    mark: 'bar',
    encoding: {
      y: { field: 'feature', type: 'nominal', sort: null, axis: { title: null, labelLimit: 400, labelOverlap: false, ticks: false } },
      yOffset: { field: 'side', type: 'nominal', sort: null },
      x: { field: 'value', type: 'quantitative', axis: { title: null, tickCount: 6, domain: false, ticks: false } },
      color: { field: 'side', type: 'nominal', sort: null, scale: { domain: ['Baseline', 'Window'], range: ['#c5ccd3', windowColor] }, legend: null },
    },
    config: {
      font: FONT,
      view: { stroke: null },
      axis: { labelColor: '#5d6770', labelFontSize: 11.5, gridColor: '#eceff1', domainColor: '#c5ccd3', labelPadding: 6 },
      scale: { bandWithNestedOffsetPaddingInner: 0.3 },
    },
  };
  return compile(spec).spec;
}
