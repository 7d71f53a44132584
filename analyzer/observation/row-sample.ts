import { RandomGenerator, unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** At most so many of the rows that pass by, each as likely as any other; which ones depends on nothing but how many there are. */
export class RowSample<Row> {
  /** Rows that passed by. */
  seen = 0;
  private readonly kept: { readonly row: Row; readonly place: number }[] = [];
  private readonly random: RandomGenerator = xoroshiro128plus(0);

  constructor(private readonly maximum: number) {}

  add(row: Row): void {
    const place = this.seen++;
    const slot = this.kept.length < this.maximum ? this.kept.length : unsafeUniformIntDistribution(0, place, this.random);
    if (slot < this.maximum) this.kept[slot] = { row, place };
  }

  /** In the order in which they passed by. */
  rows(): Row[] {
    return [...this.kept].sort((a, b) => a.place - b.place).map(({ row }) => row);
  }
}
