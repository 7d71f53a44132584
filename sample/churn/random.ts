import { RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

const RESOLUTION = 2 ** 31;

/** Seeded randomness: the same seed gives the same numbers on every machine. */
export class Random {
  private readonly generator: RandomGenerator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** Uniform in (0, 1), both ends excluded. */
  public uniform(): number {
    return (unsafeUniformIntDistribution(0, RESOLUTION - 1, this.generator) + 0.5) / RESOLUTION;
  }

  /** Uniform among the whole numbers 0 … `count` − 1. */
  public index(count: number): number {
    return unsafeUniformIntDistribution(0, count - 1, this.generator);
  }

  /** One of the keys, each as likely as its share. The shares sum to 1. */
  public pick<K extends string>(shares: Record<K, number>): K {
    let rest = this.uniform();
    const keys = Object.keys(shares) as K[];
    return keys.find(key => (rest -= shares[key]) < 0) ?? keys[keys.length - 1] as K;
  }

  /** Standard normal, by Box and Muller. */
  public normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Gamma with scale 1, by Marsaglia and Tsang; shapes below 1 are boosted. */
  public gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(this.uniform()) < x * x / 2 + d * (1 - v + Math.log(v))) return d * v;
    }
  }

  /** Beta in (0, 1). */
  public beta(alpha: number, beta: number): number {
    const x = this.gamma(alpha);
    return x / (x + this.gamma(beta));
  }

  /** The same items in another order, by Fisher and Yates. */
  public shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.index(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }
}
