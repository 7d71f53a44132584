import { Plot } from './plot';
import { Share } from './shares';

/** Draws a feature's bars as SVG. Two templates are compiled, whatever the number of features. */
export class ChartPainter {
  private readonly calm = plotOf('#2f6db5');
  private readonly alarming = plotOf('#c8452f');

  /** `isAlarming` where the feature violates a constraint. */
  async paint(shares: readonly Share[], isAlarming: boolean): Promise<string> {
    return (isAlarming ? this.alarming : this.calm).draw(shares);
  }
}

function plotOf(windowColor: string): Plot {
  return new Plot({
    fontSize: 10.5,
    width: 430,
    height: 132,
    mark: 'bar',
    encoding: {
      x: { field: 'bucket', type: 'nominal', sort: null, axis: { title: null, labelAngle: -35, labelLimit: 110, labelOverlap: false, ticks: false } },
      xOffset: { field: 'side', type: 'nominal', sort: null },
      y: { field: 'share', type: 'quantitative', axis: { title: null, format: '~%', tickCount: 4, domain: false, ticks: false } },
      color: { field: 'side', type: 'nominal', sort: null, scale: { domain: ['Baseline', 'Window'], range: ['#c5ccd3', windowColor] }, legend: null },
    },
    config: {
      axis: { labelPadding: 5 },
      scale: { bandPaddingInner: 0.28 },
    },
  });
}
