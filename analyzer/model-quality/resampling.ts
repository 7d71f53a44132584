import { xoroshiro128plus } from 'pure-rand';
import { QualityMetric, QualityMetrics } from '../../lib/contract';
import { finite } from '../finite';
import { beginPhase } from '../progress';
import { Figures } from './figures';

/** Fewest rows for which the service tells how far its figures scatter. */
const FEWEST_ROWS = 200;
const SAMPLES = 5;
/** Of 2^32. */
const SHARE = 0.8 * 2 ** 32;
const SEED = 20_171_129;

/** The rows as a whole, and five samples of them. */
export const PARTS = 1 + SAMPLES;

/** Draws which samples a row is in: each holds some 80 % of the rows, the same ones in each run. */
export class Resampling {
  private readonly generator = xoroshiro128plus(SEED);

  /** A bit for each part that the next row belongs to; bit 0 is the whole. */
  next(): number {
    let parts = 1;
    for (let sample = 1; sample < PARTS; sample++) {
      if (this.generator.unsafeNext() >>> 0 < SHARE) parts |= 1 << sample;
    }
    return parts;
  }
}

/** Figures of the whole, and how far they scatter among the samples. What the rows cannot tell is left out. */
export function metricsOf(rows: number, figuresOf: (part: number) => Figures): QualityMetrics {
  beginPhase({ doing: 'resampling' });
  const samples = rows < FEWEST_ROWS ? [] : Array.from({ length: SAMPLES }, (_, index) => figuresOf(index + 1));
  return Object.fromEntries(Object.entries(figuresOf(0)).flatMap(([name, value]): [string, QualityMetric][] => {
    if (value === undefined || Number.isNaN(value)) return [];
    return [[name, { value: finite(value), standard_deviation: deviation(samples.map(figures => figures[name] ?? NaN)) }]];
  }));
}

function deviation(values: readonly number[]): number | 'NaN' {
  if (values.length === 0) return 'NaN';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const result = Math.sqrt(squares / (values.length - 1));
  return Number.isFinite(result) ? result : 'NaN';
}
