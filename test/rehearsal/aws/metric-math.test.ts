import { parseMetricMath, UnplayedMathError } from '../../../rehearsal/aws';

/** Periods of metrics by id, in a row; `undefined` is a missing point. */
type Metrics = Readonly<Record<string, readonly (number | undefined)[]>>;

const _ = undefined;

function evaluated(text: string, metrics: Metrics): (number | undefined)[] {
  const { evaluate } = parseMetricMath(text);
  const [first = []] = Object.values(metrics);
  return first.map((_value, index) => evaluate(id => metrics[id]?.[index]));
}

describe('the examples of CloudWatch\'s documentation', () => {
  const two = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };
  const three = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };

  test.each<[string, Metrics, (number | undefined)[]]>([
    ['metric1 < metric2', two, [0, 0, 1, 0]],
    ['metric1 >= 30', two, [1, 0, 0, 0]],
    ['metric1 > 15 AND metric2 > 15', two, [1, 0, 0, 0]],
    ['IF(metric1, metric2, metric3)', three, [30, 0, 20, 0, _]],
    ['IF(metric1, 5, metric3)', three, [5, 5, 20, _, _]],
    ['IF(metric1, metric2, 5)', three, [30, 0, 5, 5, _]],
  ])('%s', (text, metrics, expected) => {
    expect(evaluated(text, metrics)).toEqual(expected);
  });
});

test.each<[string, Metrics, (number | undefined)[]]>([
  ['a + b', { a: [1, 1, _, _], b: [2, _, 2, _] }, [3, 1, 2, _]],
  ['5 * a', { a: [2, _] }, [10, _]],
  ['2 + 3 * a ^ 2 / 4 - -1', { a: [2] }, [6]],
  ['a / b', { a: [1, 1], b: [0, 2] }, [_, 0.5]],
  ['FILL(a, 0) + 1', { a: [4, _] }, [5, 1]],
  ['FILL(a, b)', { a: [4, _], b: [7, 8] }, [4, 8]],
  ['MAX([a, b])', { a: [1, 5, _], b: [3, _, _] }, [3, 5, _]],
  ['SUM([a, b]) - MIN([a, b])', { a: [1, 5], b: [3, _] }, [3, 0]],
  ['IF(a < 1, a)', { a: [0, 2] }, [0, _]],
  ['IF(a >= 1 && b < 1 || a == 9, 1, 0)', { a: [1, 9, 1, _], b: [0, 5, 5, 0] }, [1, 1, 0, 0]],
  ['(a != 2) <= (a > 1)', { a: [2, 3, 0] }, [1, 1, 0]],
])('%s', (text, metrics, expected) => {
  expect(evaluated(text, metrics)).toEqual(expected);
});

test.each<[string, string]>([
  ['ANOMALY_DETECTION_BAND(m1, 2)', 'ANOMALY_DETECTION_BAND'],
  ['MAX(m1)', 'MAX of one series'],
  ['FILL(m1, REPEAT)', 'REPEAT'],
  ['SUM(METRICS())', 'SUM of one series'],
  ['m1 +', 'an expression that ends too early'],
  ['m1 m2', 'm2'],
  ['m1 % 2', 'm1 % 2'],
])('%s is not played, by name', (text, what) => {
  expect(() => parseMetricMath(text)).toThrow(new UnplayedMathError(what));
});

test('an expression tells which metrics and expressions it names', () => {
  expect(parseMetricMath('IF(invocations >= 1 AND captured < 1, 1, 0)').ids).toEqual(['invocations', 'captured']);
});
