import { BinaryClassificationCurves } from '../../lib/contract';
import { COLORS } from './colors';
import { Plot } from './plot';

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
  return plotOf().draw(values);
}

function points(side: Point['side'], curve: Characteristic | undefined): Point[] {
  return (curve?.false_positive_rates ?? []).map((falsePositiveRate, order) =>
    ({ side, order, falsePositiveRate, truePositiveRate: curve?.true_positive_rates[order] ?? 0 }));
}

function plotOf(): Plot {
  const axis = { format: '~%', values: [0, 0.25, 0.5, 0.75, 1], ticks: false };
  return new Plot({
    fontSize: 10.5,
    width: 340,
    height: 250,
    mark: { type: 'line', strokeJoin: 'round', clip: true },
    encoding: {
      x: { field: 'falsePositiveRate', type: 'quantitative', axis: { ...axis, title: 'false positive rate' } },
      y: { field: 'truePositiveRate', type: 'quantitative', axis: { ...axis, title: 'true positive rate', domain: false } },
      order: { field: 'order', type: 'quantitative' },
      color: {
        field: 'side', type: 'nominal', scale: { domain: ['Chance', 'Baseline', 'Window'], range: [COLORS.rule, COLORS.faint, COLORS.window] }, legend: null,
      },
    },
    config: {
      axis: { titleColor: COLORS.quiet, titleFontWeight: 'normal', labelPadding: 5 },
    },
  });
}
