/** Count, sum, spread and range, in the service's order of operations: the last bit depends on it. */
export class Moments {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  private average = 0;
  private squares = 0;

  add(value: number): void {
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    const delta = value - this.average;
    const step = delta / this.count;
    this.average += step;
    this.squares += delta * (delta - step);
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /** Of the population. */
  get standardDeviation(): number {
    return this.count === 0 ? 0 : Math.sqrt(Math.max(0, this.squares / this.count));
  }
}
