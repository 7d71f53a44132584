import { parse, Spec, View } from 'vega';
import { compile, TopLevelSpec } from 'vega-lite';

const DATASET = 'values';
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

type WithoutData<Spec> = Spec extends unknown ? Omit<Spec, 'data'> : never;

/** What is drawn; data and look are those of every plot. `fontSize` is that of the labels on the axes. */
export type PlotSpec = WithoutData<TopLevelSpec> & { readonly fontSize: number };

/** A plot of the report: compiled once, drawn with as many data as there are. */
export class Plot {
  private readonly spec: Spec;

  constructor({ fontSize, ...spec }: PlotSpec) {
    const { axis, ...config } = spec.config ?? {};
    this.spec = compile({
      ...spec,
      background: 'transparent',
      data: { name: DATASET },
      config: {
        font: FONT,
        view: { stroke: null },
        axis: { labelColor: '#5d6770', labelFontSize: fontSize, gridColor: '#eceff1', domainColor: '#c5ccd3', ...axis },
        ...config,
      },
    }).spec;
  }

  /** As SVG. */
  async draw(values: readonly object[]): Promise<string> {
    const data = this.spec.data?.map(dataset => dataset.name === DATASET ? { ...dataset, values: [...values] } : dataset);
    const view = new View(parse({ ...this.spec, data }), { renderer: 'none' });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  }
}
