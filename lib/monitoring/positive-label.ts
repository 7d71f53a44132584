/** Which labels are the favourable ones, such as an approval. */
export class PositiveLabel {
  /** These labels. */
  public static values(...labels: string[]): PositiveLabel {
    return new PositiveLabel(labels);
  }

  /** Labels, which are numbers, above a threshold. */
  public static above(threshold: number): PositiveLabel {
    return new PositiveLabel([threshold]);
  }

  /** @internal */
  public readonly _values: readonly (string | number)[];

  private constructor(values: readonly (string | number)[]) {
    this._values = values;
  }
}
