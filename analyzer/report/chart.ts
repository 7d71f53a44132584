import { COLORS } from './colors';
import { Plot } from './plot';
import { Share } from './shares';

/** Draws a feature's bars as SVG, one feature after the other. Of two plots, each is made when it is needed, whatever the number of features. */
export class ChartPainter {
  private calm: Plot | undefined;
  private alarming: Plot | undefined;

  /** `isAlarming` where the feature violates a constraint. */
  async paint(shares: readonly Share[], isAlarming: boolean): Promise<string> {
    const plot = isAlarming ? this.alarming ??= plotOf(COLORS.alarm) : this.calm ??= plotOf(COLORS.window);
    return plot.draw(shares);
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
      color: { field: 'side', type: 'nominal', sort: null, scale: { domain: ['Baseline', 'Window'], range: [COLORS.baseline, windowColor] }, legend: null },
    },
    config: {
      axis: { labelPadding: 5 },
      scale: { bandPaddingInner: 0.28 },
    },
  });
}
