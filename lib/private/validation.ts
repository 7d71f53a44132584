import { ValidationError } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

type ValidationErrorName = ConstructorParameters<typeof ValidationError>[0];

/** Collects what is wrong with a construct's props, to report it all at once. */
export class Problems {
  private readonly found: string[] = [];

  /** @param name what the error is of, where the scope is not what the user made */
  constructor(private readonly scope: IConstruct, private readonly name = scope.constructor.name) {}

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
    return new ValidationError(`Invalid${this.name}` as ValidationErrorName, `${this.name}: ${this.found.join('\n  ')}`, this.scope);
  }
}
