import { RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** A seeded source of chance: the same seed gives the same rehearsal. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** A whole number in [0, bound). */
  public below(bound: number): number {
    return unsafeUniformIntDistribution(0, bound - 1, this.generator);
  }

  /** `count` of the items, in random order; each at most once while there are enough. */
  public sample<T>(items: readonly T[], count: number): T[] {
    const drawn: T[] = [];
    while (drawn.length < count) {
      const pool = [...items];
      for (let i = 0; i < pool.length && drawn.length < count; i++) {
        const j = i + this.below(pool.length - i);
        [pool[i], pool[j]] = [pool[j] as T, pool[i] as T];
        drawn.push(pool[i] as T);
      }
    }
    return drawn;
  }
}
