/** Something of an expression that is not played here; named, never guessed. */
export class UnplayedMathError extends Error {
  public override readonly name = 'UnplayedMathError';
}

/** The values of one period, by id: of metrics and of other expressions. */
type ValuesById = (id: string) => number | undefined;

/** An expression of metric math. */
export interface MetricMath {
  readonly text: string;
  /** Of the metrics and expressions that it names. */
  readonly ids: readonly string[];
  /** Its value in one period; none where CloudWatch drops the point. */
  readonly evaluate: (values: ValuesById) => number | undefined;
}

/** A number, or the point of a time series, which can be missing. */
interface Operand {
  readonly value: number | undefined;
  readonly isScalar: boolean;
}

type Evaluate = (values: ValuesById) => Operand;
type Operator = (left: number, right: number) => number;

/** Those that bind loosest come first. */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { 'OR': (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { 'AND': (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b), '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b), '<': (a, b) => Number(a < b), '>': (a, b) => Number(a > b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
  { '^': (a, b) => a ** b },
];

/** Of several series, at each instant. */
const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  MAX: values => Math.max(...values),
  MIN: values => Math.min(...values),
  SUM: values => values.reduce((sum, value) => sum + value, 0),
};

const TOKEN = /\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[A-Za-z_]\w*|\|\||&&|[=!<>]=|[-+*/^<>()[\],])/y;

/**
 * Reads an expression: arithmetic, comparisons, AND, OR, IF, FILL with a value, and MAX, MIN and SUM of several series. A point is missing where
 * all series of an operation miss it; else those that do count as 0.
 *
 * @throws UnplayedMathError when it holds anything else.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseMetricMath(text: string): MetricMath {
  const parser = new Parser(tokens(text));
  const evaluate = parser.whole();
  return { text, ids: [...parser.ids], evaluate: values => evaluate(values).value };
}

function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    found.push(match[1] ?? '');
    if (text.slice(TOKEN.lastIndex).trim() === '') return found;
  }
  throw new UnplayedMathError(text);
}

class Parser {
  public readonly ids = new Set<string>();
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  public whole(): Evaluate {
    const evaluate = this.binary();
    if (this.position < this.tokens.length) throw this.unplayed();
    return evaluate;
  }

  private binary(level = 0): Evaluate {
    const operators = OPERATORS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let operator = operators[this.next]; operator !== undefined; operator = operators[this.next]) {
      this.position++;
      left = combined(operator, left, this.binary(level + 1));
    }
    return left;
  }

  private unary(): Evaluate {
    if (this.accept('-')) return combined((a, b) => a - b, scalar(0), this.unary());
    if (this.accept('(')) return this.closed(this.binary(), ')');
    const token = this.tokens[this.position++] ?? '';
    if (/^\d/.test(token)) return scalar(Number(token));
    if (this.accept('(')) return this.call(token);
    if (!/^[a-z]/.test(token)) throw this.unplayed(token);
    this.ids.add(token);
    return values => ({ value: values(token), isScalar: false });
  }

  private call(name: string): Evaluate {
    const aggregate = AGGREGATES[name];
    if (aggregate !== undefined) return this.closed(this.aggregated(name, aggregate), ')');
    const parameters = this.closed(this.list(), ')');
    const [first, second, third] = parameters;
    if (name === 'FILL' && first && second && !third) return filled(first, second);
    if (name === 'IF' && first && second && parameters.length <= 3) return chosen(first, second, third);
    throw new UnplayedMathError(name);
  }

  /** Of one series it is a scalar, which differs with how far CloudWatch looks back. */
  private aggregated(name: string, aggregate: (values: readonly number[]) => number): Evaluate {
    if (!this.accept('[')) throw new UnplayedMathError(`${name} of one series`);
    const series = this.closed(this.list(), ']');
    return (values) => {
      const present = series.flatMap(one => one(values).value ?? []);
      return { value: present.length === 0 ? undefined : aggregate(present), isScalar: false };
    };
  }

  private list(): Evaluate[] {
    const items = [this.binary()];
    while (this.accept(',')) items.push(this.binary());
    return items;
  }

  private closed<T>(content: T, bracket: string): T {
    if (!this.accept(bracket)) throw this.unplayed();
    return content;
  }

  private accept(token: string): boolean {
    const isNext = this.next === token;
    if (isNext) this.position++;
    return isNext;
  }

  private get next(): string {
    return this.tokens[this.position] ?? '';
  }

  private unplayed(what = this.next): UnplayedMathError {
    return new UnplayedMathError(what === '' ? 'an expression that ends too early' : what);
  }
}

function scalar(value: number): Evaluate {
  return () => ({ value, isScalar: true });
}

function combined(operator: Operator, left: Evaluate, right: Evaluate): Evaluate {
  return (values) => {
    const operands = [left(values), right(values)] as const;
    const series = operands.filter(({ isScalar }) => !isScalar);
    const isScalar = series.length === 0;
    if (!isScalar && series.every(({ value }) => value === undefined)) return { value: undefined, isScalar };
    const value = operator(operands[0].value ?? 0, operands[1].value ?? 0);
    return { value: Number.isFinite(value) ? value : undefined, isScalar };
  };
}

function filled(series: Evaluate, filler: Evaluate): Evaluate {
  return values => ({ value: series(values).value ?? filler(values).value, isScalar: false });
}

/** A chosen series that misses the point gives 0, but where the other choice is a scalar. */
function chosen(condition: Evaluate, whenTrue: Evaluate, whenFalse?: Evaluate): Evaluate {
  return (values) => {
    const { value: decision, isScalar } = condition(values);
    const [one, other] = [whenTrue(values), whenFalse?.(values)];
    const choice = decision === 0 ? other : one;
    if (decision === undefined || choice === undefined) return { value: undefined, isScalar: false };
    const isZero = !isScalar && !(decision === 0 && one.isScalar);
    return { value: choice.value ?? (isZero ? 0 : undefined), isScalar: false };
  };
}
