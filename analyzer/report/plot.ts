import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { COLORS } from './colors';

const DATASET = 'values';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

type WithoutData<Spec> = Spec extends unknown ? Omit<Spec, 'data'> : never;

/** What is drawn; data and look are those of every plot. `fontSize` is that of the labels on the axes. */
export type PlotSpec = WithoutData<TopLevelSpec> & { readonly fontSize: number };

/** A plot of the report: compiled and laid out once, then drawn with one set of data after the other. */
export class Plot {
  private view: View | undefined;

  constructor(private readonly spec: PlotSpec) {}

  /** As SVG. What was drawn before is cleared first: scales would keep the order of its values. */
  async draw(values: readonly object[]): Promise<string> {
    const view = this.view ??= await viewOf(this.spec);
    await view.data(DATASET, []).runAsync();
    return view.data(DATASET, [...values]).resize().toSVG();
  }
}

/** The library has a bundle of its own: whoever plots nothing does not load it. */
async function viewOf({ fontSize, ...spec }: PlotSpec): Promise<View> {
  const { compile, parse, View } = await import('./vega.js');
  const { axis, ...config } = spec.config ?? {};
  const compiled = compile({
    ...spec,
    background: 'transparent',
    data: { name: DATASET },
    config: {
      font: FONT,
      view: { stroke: null },
      axis: { labelColor: COLORS.quiet, labelFontSize: fontSize, gridColor: COLORS.rule, domainColor: COLORS.baseline, ...axis },
      ...config,
    },
  });
  return new View(parse(compiled.spec), { renderer: 'none' });
}
