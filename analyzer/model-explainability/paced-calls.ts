import { setTimeout as sleep } from 'node:timers/promises';
import { PredictorConfig } from '../../lib/contract';
import { AnalyzerError } from '../analyzer-error';
import { TransientFailure } from './transient-failure';

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** Makes calls, so many at once and so many a second, and those that failed in passing once more, after a longer pause each time. */
export class PacedCalls {
  private nextTurn = 0;

  constructor(private readonly pace: Pick<PredictorConfig, 'concurrency' | 'requestsPerSecond'>, private readonly pause: (ms: number) => Promise<unknown> = sleep) {}

  /** The results, in the order of the inputs. The first failure for good ends all. */
  async all<In, Out>(inputs: readonly In[], call: (input: In) => Promise<Out>): Promise<Out[]> {
    const outputs = new Array<Out>(inputs.length);
    const waiting = inputs.entries();
    let failed = false;
    const work = async (): Promise<void> => {
      for (const [index, input] of waiting) {
        if (failed) return;
        try {
          outputs[index] = await this.attempt(() => call(input), () => failed);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: this.pace.concurrency }, work));
    return outputs;
  }

  private async attempt<Out>(call: () => Promise<Out>, isOver: () => boolean): Promise<Out> {
    for (let attempt = 1; ; attempt++) {
      await this.turn();
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof TransientFailure)) throw error;
        if (attempt === ATTEMPTS) throw new AnalyzerError(`${error.message} (${ATTEMPTS} attempts)`);
        if (isOver()) throw error;
        // Calls that failed together should not come back together.
        await this.pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
      }
    }
  }

  private async turn(): Promise<void> {
    const now = performance.now();
    const start = Math.max(now, this.nextTurn);
    this.nextTurn = start + 1000 / this.pace.requestsPerSecond;
    if (start > now) await this.pause(start - now);
  }
}
