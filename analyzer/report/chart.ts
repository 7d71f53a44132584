import { parse, Spec, View } from 'vega';
import { compile, TopLevelSpec } from 'vega-lite';
import { Share } from './shares';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const DATASET = 'shares';

/** Draws a feature's bars as SVG. Two templates are compiled, whatever the number of features. */
export class ChartPainter {
  private readonly calm = template('#2f6db5');
  private readonly alarming = template('#c8452f');

  /** `isAlarming` where the feature violates a constraint. */
  async paint(shares: readonly Share[], isAlarming: boolean): Promise<string> {
    const spec = isAlarming ? this.alarming : this.calm;
    const data = spec.data?.map(dataset => dataset.name === DATASET ? { ...dataset, values: [...shares] } : dataset);
    const view = new View(parse({ ...spec, data }), { renderer: 'none' });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  }
}

function template(windowColor: string): Spec {
  const spec: TopLevelSpec = {
    width: 430,
    height: 132,
    background: 'transparent',
    data: { name: DATASET },
    mark: 'bar',
    encoding: {
      x: { field: 'bucket', type: 'nominal', sort: null, axis: { title: null, labelAngle: -35, labelLimit: 110, labelOverlap: false, ticks: false } },
      xOffset: { field: 'side', type: 'nominal', sort: null },
      y: { field: 'share', type: 'quantitative', axis: { title: null, format: '~%', tickCount: 4, domain: false, ticks: false } },
      color: { field: 'side', type: 'nominal', sort: null, scale: { domain: ['Baseline', 'Window'], range: ['#c5ccd3', windowColor] }, legend: null },
    },
    config: {
      font: FONT,
      view: { stroke: null },
      axis: { labelColor: '#5d6770', labelFontSize: 10.5, gridColor: '#eceff1', domainColor: '#c5ccd3', labelPadding: 5 },
      scale: { bandPaddingInner: 0.28 },
    },
  };
  return compile(spec).spec;
}
