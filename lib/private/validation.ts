import { ValidationError } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

type ValidationErrorName = ConstructorParameters<typeof ValidationError>[0];

/** Collects what is wrong with a construct's props, to report it all at once. */
export class Problems {
  private readonly found: string[] = [];

  constructor(private readonly scope: IConstruct) {}

  /** Notes a problem: what was given, what is allowed, what to do. Starts in lower case, no full stop. */
  public add(problem: string): void {
    this.found.push(problem);
  }

  /** Notes a problem unless the condition holds. */
  public require(condition: boolean, problem: string): void {
    if (!condition) this.add(problem);
  }

  /** Throws a ValidationError of this problem, without which no other can be told, and of those noted. */
  public fail(problem: string): never {
    this.add(problem);
    throw this.error();
  }

  /** Throws a ValidationError that names every problem noted, if there is one. */
  public throwIfAny(): void {
    if (this.found.length > 0) throw this.error();
  }

  private error(): ValidationError {
    const construct = this.scope.constructor.name;
    return new ValidationError(`Invalid${construct}` as ValidationErrorName, `${construct}: ${this.found.join('\n  ')}`, this.scope);
  }
}
