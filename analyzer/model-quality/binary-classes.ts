import { Rejection } from '../input/row';
import { categoryOf } from '../observation/category';

/** The two classes: the positive label, and the baseline's other one, else whatever comes first. Without a positive label they are 1 and 0. */
export class BinaryClasses {
  readonly positive: string;
  private other: string | undefined;

  constructor(positiveLabel: string | undefined, known: readonly string[]) {
    this.positive = categoryOf(positiveLabel ?? '1');
    this.other = positiveLabel === undefined ? '0' : known.map(categoryOf).find(text => text !== this.positive);
  }

  get negative(): string {
    return this.other ?? `not ${this.positive}`;
  }

  /** Throws a Rejection where the value is of a third class; `what` it is, such as `label`, is for the message. */
  isPositive(value: string, what: string): boolean {
    const text = categoryOf(value);
    if (text === this.positive) return true;
    this.other ??= text;
    if (text !== this.other) {
      throw new Rejection(`the ${what} is neither the positive label "${this.positive}" nor the one other label; where it is a probability, say so (probabilityAttribute, --probability)`);
    }
    return false;
  }
}
