import { parse, View } from 'vega';
import { compile, TopLevelSpec } from 'vega-lite';

const DATASET = 'values';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

type WithoutData<Spec> = Spec extends unknown ? Omit<Spec, 'data'> : never;

/** What is drawn; data and look are those of every plot. `fontSize` is that of the labels on the axes. */
export type PlotSpec = WithoutData<TopLevelSpec> & { readonly fontSize: number };

/** A plot of the report: compiled and laid out once, then drawn with one set of data after the other. */
export class Plot {
  private readonly view: View;

  constructor({ fontSize, ...spec }: PlotSpec) {
    const { axis, ...config } = spec.config ?? {};
    const compiled = compile({
      ...spec,
      background: 'transparent',
      data: { name: DATASET },
      config: {
        font: FONT,
        view: { stroke: null },
        axis: { labelColor: '#5d6770', labelFontSize: fontSize, gridColor: '#eceff1', domainColor: '#c5ccd3', ...axis },
        ...config,
      },
    });
    this.view = new View(parse(compiled.spec), { renderer: 'none' });
  }

  /** As SVG. What was drawn before is cleared first: scales would keep the order of its values. */
  async draw(values: readonly object[]): Promise<string> {
    await this.view.data(DATASET, []).runAsync();
    return this.view.data(DATASET, [...values]).resize().toSVG();
  }
}
