import { parse, Spec, View } from 'vega';
import { compile, TopLevelSpec } from 'vega-lite';
import { BinaryClassificationCurves } from '../../lib/contract';

const DATASET = 'curves';

type Characteristic = NonNullable<BinaryClassificationCurves['receiver_operating_characteristic_curve']>;

interface Point {
  readonly side: 'Chance' | 'Baseline' | 'Window';
  readonly order: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** Draws receiver operating characteristics beside each other as SVG, above the diagonal of chance. */
export async function paintCharacteristics(baseline: Characteristic | undefined, window: Characteristic | undefined): Promise<string> {
  const values = [
    ...points('Chance', { false_positive_rates: [0, 1], true_positive_rates: [0, 1] }), ...points('Baseline', baseline), ...points('Window', window),
  ];
  const { data, ...spec } = template();
  const view = new View(parse({ ...spec, data: data?.map(dataset => dataset.name === DATASET ? { ...dataset, values } : dataset) }), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

function points(side: Point['side'], curve: Characteristic | undefined): Point[] {
  return (curve?.false_positive_rates ?? []).map((falsePositiveRate, order) =>
    ({ side, order, falsePositiveRate, truePositiveRate: curve?.true_positive_rates[order] ?? 0 }));
}

function template(): Spec {
  const axis = { format: '~%', values: [0, 0.25, 0.5, 0.75, 1], ticks: false };
  const spec: TopLevelSpec = {
    width: 340,
    height: 250,
    background: 'transparent',
    data: { name: DATASET },
    mark: { type: 'line', strokeJoin: 'round', clip: true },
    encoding: {
      x: { field: 'falsePositiveRate', type: 'quantitative', axis: { ...axis, title: 'false positive rate' } },
      y: { field: 'truePositiveRate', type: 'quantitative', axis: { ...axis, title: 'true positive rate', domain: false } },
      order: { field: 'order', type: 'quantitative' },
      color: {
        field: 'side', type: 'nominal', scale: { domain: ['Chance', 'Baseline', 'Window'], range: ['#e3e7ea', '#a3adb6', '#2f6db5'] }, legend: null,
      },
    },
    config: {
      font: 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif',
      view: { stroke: null },
      axis: { labelColor: '#5d6770', titleColor: '#5d6770', titleFontWeight: 'normal', labelFontSize: 10.5, gridColor: '#eceff1', domainColor: '#c5ccd3', labelPadding: 5 },
    },
  };
  return compile(spec).spec;
}
