import { AlarmState } from './alarm-evaluation';

/** The state of an alarm, by its name. */
type StateOf = (alarmName: string) => AlarmState;

/** What a composite alarm is raised by. */
export interface CompositeRule {
  readonly text: string;
  /** Names of the alarms that it speaks of. */
  readonly alarmNames: readonly string[];
  readonly isTrue: (stateOf: StateOf) => boolean;
}

type Condition = (stateOf: StateOf) => boolean;

const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] satisfies AlarmState[];
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[(),]|[^\s(),"]+)/y;

/**
 * Reads the rule of a composite alarm: ALARM, OK and INSUFFICIENT_DATA of a name or an ARN, AT_LEAST, AND, OR, NOT, TRUE, FALSE.
 *
 * @throws SyntaxError when CloudWatch would not take it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function parseCompositeRule(text: string): CompositeRule {
  const parser = new Parser(text, tokens(text));
  const isTrue = parser.whole();
  return { text, alarmNames: [...parser.alarmNames], isTrue };
}

function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) found.push(match[1] ?? '');
  return found;
}

class Parser {
  public readonly alarmNames = new Set<string>();
  private position = 0;

  constructor(private readonly text: string, private readonly tokens: readonly string[]) {}

  public whole(): Condition {
    const condition = this.either();
    if (this.position < this.tokens.length) throw this.unexpected();
    return condition;
  }

  private either(): Condition {
    const conditions = [this.both()];
    while (this.accept('OR')) conditions.push(this.both());
    return stateOf => conditions.some(isTrue => isTrue(stateOf));
  }

  private both(): Condition {
    const conditions = [this.single()];
    while (this.accept('AND')) conditions.push(this.single());
    return stateOf => conditions.every(isTrue => isTrue(stateOf));
  }

  private single(): Condition {
    if (this.accept('NOT')) {
      const isTrue = this.single();
      return stateOf => !isTrue(stateOf);
    }
    if (this.accept('(')) {
      const condition = this.either();
      this.expect(')');
      return condition;
    }
    if (this.accept('TRUE')) return () => true;
    if (this.accept('FALSE')) return () => false;
    if (this.accept('AT_LEAST')) return this.atLeast();
    const state = this.state();
    const [alarm] = this.names();
    return stateOf => alarm !== undefined && stateOf(alarm) === state;
  }

  /** `AT_LEAST(2, NOT OK, (a, b, c))`; the number can be a share, such as 50%. */
  private atLeast(): Condition {
    this.expect('(');
    const [, number, percent] = /^(\d+)(%?)$/.exec(this.tokens[this.position++] ?? '') ?? [];
    if (number === undefined) throw this.unexpected(-1);
    this.expect(',');
    const isNegated = this.accept('NOT');
    const state = this.state();
    this.expect(',');
    const alarms = this.names();
    this.expect(')');
    const least = percent === '%' ? alarms.length * Number(number) / 100 : Number(number);
    return stateOf => alarms.filter(alarm => (stateOf(alarm) === state) !== isNegated).length >= least;
  }

  private state(): string {
    const state = STATES.find(each => this.accept(each));
    if (state === undefined) throw this.unexpected();
    return state;
  }

  /** Names or ARNs, with quotes or without. */
  private names(): string[] {
    this.expect('(');
    const names: string[] = [];
    do {
      const token = this.tokens[this.position++] ?? '';
      if (/^[(),]?$/.test(token)) throw this.unexpected(-1);
      names.push(nameOf(token));
    } while (this.accept(','));
    this.expect(')');
    for (const name of names) this.alarmNames.add(name);
    return names;
  }

  private accept(word: string): boolean {
    const isNext = this.tokens[this.position]?.toUpperCase() === word;
    if (isNext) this.position++;
    return isNext;
  }

  private expect(token: string): void {
    if (!this.accept(token)) throw this.unexpected();
  }

  private unexpected(offset = 0): SyntaxError {
    const token = this.tokens[this.position + offset];
    return new SyntaxError(`the rule ${JSON.stringify(this.text)} is not understood at ${token === undefined ? 'its end' : JSON.stringify(token)}`);
  }
}

function nameOf(token: string): string {
  const text = token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
  return text.replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, '');
}
