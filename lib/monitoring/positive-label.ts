/** Which labels are the favourable ones, such as an approval. */
export class PositiveLabel {
  /** These labels. */
  public static values(...labels: string[]): PositiveLabel {
    return new PositiveLabel(labels);
  }

  /** Labels, which are numbers, above a threshold. */
  public static above(threshold: number): PositiveLabel {
    return new PositiveLabel([threshold], true);
  }

  private constructor(
    /** @internal */
    public readonly _values: readonly (string | number)[],
    /** @internal */
    public readonly _isThreshold?: true,
  ) {}
}
