import { UnscopedValidationError } from 'aws-cdk-lib';
import { BiasFacet } from '../contract';

type ValidationErrorName = ConstructorParameters<typeof UnscopedValidationError>[0];

/** A sensitive group, which is compared with everybody else. */
export class Facet {
  /**
   * The rows whose column has one of these values.
   *
   * @throws ValidationError when there is none: use `eachValue`.
   */
  public static values(column: string, values: string[]): Facet {
    if (values.length === 0) throw invalid(`Facet.values(${JSON.stringify(column)}) names no value: give at least one, or use Facet.eachValue`);
    return new Facet({ nameOrIndex: column, valueOrThreshold: values });
  }

  /** Each value of a column, a group of its own. */
  public static eachValue(column: string): Facet {
    return new Facet({ nameOrIndex: column });
  }

  /** The rows whose column, which holds numbers, lies above a threshold. */
  public static above(column: string, threshold: number): Facet {
    if (!Number.isFinite(threshold)) throw invalid(`the threshold of Facet.above(${JSON.stringify(column)}) must be a number, got ${threshold}`);
    return new Facet({ nameOrIndex: column, valueOrThreshold: [threshold], isThreshold: true });
  }

  /** @internal */
  public readonly _config: BiasFacet;

  private constructor(config: BiasFacet) {
    this._config = config;
  }
}

function invalid(problem: string): UnscopedValidationError {
  return new UnscopedValidationError('InvalidFacet' as ValidationErrorName, problem);
}
