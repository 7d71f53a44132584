import { KllSketch } from '../../../lib/contract';
import { Kll } from './kll';
import { Moments, MomentsSummary } from './moments';

/** Numbers wait until there are as many: a loop over an array is faster than a call for each. */
const BATCH = 256;

/** The numbers of a column. */
export class Numbers {
  private readonly waiting = new Float64Array(BATCH);
  private size = 0;
  private readonly moments = new Moments();
  private readonly kll = new Kll();

  add(value: number): void {
    this.waiting[this.size++] = value;
    if (this.size === BATCH) this.flush();
  }

  /** Their moments and their sketch. */
  summary(): { readonly moments: MomentsSummary; readonly sketch: KllSketch } {
    this.flush();
    return { moments: this.moments.summary(), sketch: this.kll.toSketch() };
  }

  private flush(): void {
    const values = this.waiting.subarray(0, this.size);
    this.moments.add(values);
    this.kll.add(values);
    this.size = 0;
  }
}
