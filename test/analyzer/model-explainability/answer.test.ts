import { parseAnswer } from '../../../analyzer/model-explainability/answer';
import { Feature, RequestFormat } from '../../../analyzer/model-explainability/request-format';
import { PredictorConfig } from '../../../lib/contract';
import { PREDICTOR } from './explanation-workspace';

const FEATURES: Feature[] = [{ name: 'age', isText: false }, { name: 'zip "code"', isText: true }, { name: 'member', isText: true }];

function bodyOf(rows: readonly (readonly (string | null)[])[], config: Partial<PredictorConfig>): string {
  const format = new RequestFormat({ ...PREDICTOR, ...config }, FEATURES);
  return format.body(rows.map(row => format.row(format.cells(row))));
}

const ROWS = [['41', '00501', 'true'], ['1e3', 'a, "b"', null]] as const;

describe('requests', () => {
  test('CSV: cells as they are, quoted where they must be', () => {
    expect(bodyOf(ROWS, {})).toBe('41,00501,true\n1e3,"a, ""b""",');
  });

  test('a missing value alone in its row is no blank line', () => {
    const format = new RequestFormat(PREDICTOR, [FEATURES[0]!]);
    expect(format.row(format.cells([null]))).toBe('""');
  });

  test('JSON: numbers as numbers, text as text, also where it looks like a number', () => {
    expect(JSON.parse(bodyOf(ROWS, { contentType: 'application/json' }))).toEqual({ instances: [[41, '00501', true], [1000, 'a, "b"', null]] });
  });

  test.each([['.5', 0.5], ['+3', 3], ['-0.25e-2', -0.0025], ['007', 7], ['abc', 'abc'], ['Infinity', 'Infinity']])('%s in a numeric column of JSON is %p', (cell, value) => {
    expect(JSON.parse(bodyOf([[cell, 'x', 'y']], { contentType: 'application/json' }))).toEqual({ instances: [[value, 'x', 'y']] });
  });

  test('JSON lines: a row a line', () => {
    expect(bodyOf(ROWS, { contentType: 'application/jsonlines' })).toBe('{"features":[41,"00501",true]}\n{"features":[1e3,"a, \\"b\\"",null]}');
  });

  test('templates put names in', () => {
    const body = bodyOf(ROWS.slice(0, 1), {
      contentType: 'application/json', contentTemplate: '{"names":"$$","rows":$records}', recordTemplate: '{"of":$feature_names,"row":$features_kvp}',
    });
    expect(JSON.parse(body)).toEqual({ names: '$$', rows: [{ of: ['age', 'zip "code"', 'member'], row: { 'age': 41, 'zip "code"': '00501', 'member': true } }] });
  });

  test.each([
    [{ contentType: 'application/json', contentTemplate: '{"rows":[]}' }, 'predictor.contentTemplate is {"rows":[]}; it must contain $records'],
    [{ contentType: 'application/json', recordTemplate: '{}' }, 'predictor.recordTemplate is {}; it must contain $features or $features_kvp'],
    [{ contentType: 'application/jsonlines', contentTemplate: '{}' }, 'predictor.contentTemplate is {}; it must contain $features or $features_kvp'],
  ] as const)('a template without a place for the values is refused: %j', (config, message) => {
    expect(() => bodyOf(ROWS, config)).toThrow(message);
  });
});

describe('answers', () => {
  test.each([
    ['a score a line', 'text/csv', undefined, '0.1\n0.9\n', 1, [0.1, 0.9]],
    ['lines that end as in Windows', 'text/csv', undefined, '0.1\r\n0.9\r\n', 1, [0.1, 0.9]],
    ['several scores a line', 'text/csv', undefined, '0.1,0.9\n0.7,0.3', 2, [0.1, 0.9, 0.7, 0.3]],
    ['all scores beside each other', 'text/csv', undefined, '0.1,0.9', 1, [0.1, 0.9]],
    ['the score by index', 'text/csv', '1', 'yes,0.9\nno,0.3', 1, [0.9, 0.3]],
    ['lists quoted in CSV', 'text/csv', '1', 'a,"[0.1, 0.9]"\nb,"[0.7, 0.3]"', 2, [0.1, 0.9, 0.7, 0.3]],
    ['predictions', 'application/json', undefined, '{"predictions":[0.1,0.9]}', 1, [0.1, 0.9]],
    ['predictions of several labels', 'application/json', undefined, '{"predictions":[[0.1,0.9],[0.7,0.3]]}', 2, [0.1, 0.9, 0.7, 0.3]],
    ['a list', 'application/json', undefined, '[0.1,0.9]', 1, [0.1, 0.9]],
    ['a list of lists', 'application/json', undefined, '[[0.1],[0.9]]', 1, [0.1, 0.9]],
    ['objects', 'application/json', 'score', '{"predictions":[{"label":"a","score":0.1},{"label":"b","score":0.9}]}', 1, [0.1, 0.9]],
    ['a dotted path', 'application/json', 'out.p', '{"outputs":[{"out":{"p":0.1,"q":3}},{"out":{"p":0.9,"q":3}}]}', 1, [0.1, 0.9]],
    ['an attribute that holds several', 'application/json', 'probabilities', '[{"label":1,"probabilities":[0.1,0.9]},{"label":0,"probabilities":[0.7,0.3]}]', 2, [0.1, 0.9, 0.7, 0.3]],
    ['JSON lines', 'application/jsonlines', 'score', '{"score":0.1}\n{"score":0.9}\n', 1, [0.1, 0.9]],
    ['JSON lines of lists', 'application/jsonlines', undefined, '[0.1,0.9]\n[0.7,0.3]\n', 2, [0.1, 0.9, 0.7, 0.3]],
  ] as const)('%s', (_, acceptType, scoreAttribute, text, labels, values) => {
    expect(parseAnswer(text, 2, { acceptType, scoreAttribute })).toEqual({ labels, values: Float64Array.from(values) });
  });

  test('one row may have several scores', () => {
    expect(parseAnswer('0.1,0.9', 1, { acceptType: 'text/csv' })).toEqual({ labels: 2, values: Float64Array.of(0.1, 0.9) });
  });

  test.each([
    ['text in place of JSON', 'application/json', undefined, 'oh no', 'the model\'s answer is no application/json, though that was asked for: oh no'],
    ['another shape', 'application/json', undefined, '{"predictions":[0.1,0.9],"model":"v1"}', 'the model answered 1 rows where 2 were sent; it must give one a row (application/json): {"predictions":[0.1,0.9],"model":"v1"}'],
    ['an attribute that is not there', 'application/json', 'p', '[{"a":1,"b":2},{"a":1,"b":2}]', 'the model\'s answer has no "p" (scoreAttribute, --score); it has a, b'],
    ['an index that is not there', 'text/csv', '3', '1,2\n1,2', 'the model\'s answer has no "3" (scoreAttribute, --score); it has 2 values without a name'],
    ['a label where a score is', 'application/json', undefined, '[{"label":"x","score":1},{"label":"x","score":1}]', 'the model\'s answer has "x" where a score is expected; say where the score is (scoreAttribute, --score) if there are other values beside it'],
    ['no score', 'application/json', 'p', '[{"p":null},{"p":1}]', 'the model\'s answer has null where a score is expected; say where the score is (scoreAttribute, --score) if there are other values beside it'],
    ['a broken list', 'text/csv', undefined, '"[1, "\n1', 'the model\'s answer has "[1, " where a score is expected; say where the score is (scoreAttribute, --score) if there are other values beside it'],
  ] as const)('%s is said', (_, acceptType, scoreAttribute, text, message) => {
    expect(() => parseAnswer(text, 2, { acceptType, scoreAttribute })).toThrow(message);
  });
});
