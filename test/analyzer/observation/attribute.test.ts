import { Rejection, Row, unnamedRow } from '../../../analyzer/input/row';
import { objectRow } from '../../../analyzer/input/json-rows';
import { Attribute } from '../../../analyzer/observation/attribute';

const NAMED: Row = { names: ['age', 'score'], cells: ['42', '0.9'] };

describe('an attribute finds its value', () => {
  test.each<[string, string | undefined, Row, string | null]>([
    ['by the column\'s name', 'score', NAMED, '0.9'],
    ['by a dotted path', 'answer.score', objectRow({ answer: { score: 0.9, label: 'yes' } }), '0.9'],
    ['in an array', 'scores.1', objectRow({ scores: [0.1, 0.9] }), '0.9'],
    ['by index where columns have no names', '1', unnamedRow(['42', '0.9']), '0.9'],
    ['by the name that columns without names are given', '_c1', unnamedRow(['42', '0.9']), '0.9'],
    ['as the only value, when it has no attribute', undefined, unnamedRow(['0.9']), '0.9'],
    ['as the only value, when a dataset names it', 'score', unnamedRow(['0.9']), '0.9'],
    ['where it is missing', 'score', { names: ['score'], cells: [null] }, null],
    ['under a name that is a number', '1', { names: ['0', '1'], cells: ['a', 'b'] }, 'b'],
  ])('%s', (_, attribute, row, value) => {
    expect(new Attribute(attribute, 'prediction').cell(row)).toBe(value);
  });

  test('in rows of different layouts, one after the other', () => {
    const attribute = new Attribute('score', 'prediction');
    expect([NAMED, objectRow({ score: 1, age: 3 }), unnamedRow(['0.5']), NAMED].map(row => attribute.cell(row))).toEqual(['0.9', '1', '0.5', '0.9']);
  });
});

describe('an attribute that finds nothing says what is there', () => {
  test.each<[string, string | undefined, Row, string]>([
    ['another name', 'label', NAMED, 'the label is looked for in column "label"; the row has "age", "score"'],
    ['an index among names', '1', NAMED, 'the label is looked for in column "1"; the row has "age", "score"'],
    ['an index beyond the row', '2', unnamedRow(['a', 'b']), 'the label is looked for in column "2"; the row has 2 values without names, counted from 0'],
    ['an index beyond the only value', '1', unnamedRow(['a']), 'the label is looked for in column "1"; the row has 1 values without names, counted from 0'],
    ['a name among several values', 'label', unnamedRow(['a', 'b']), 'the label is looked for in column "label"; the row has 2 values without names, counted from 0'],
    ['no attribute for several values', undefined, NAMED, 'the label is not the row\'s only value: say which column it is; the row has "age", "score"'],
    ['an element that is none', 'scores.7', objectRow({ scores: [1, 2] }), 'the label is looked for in column "scores.7"; the row has "scores"'],
    ['an element of what is no array', 'scores.0', objectRow({ scores: '[1' }), 'the label is looked for in column "scores.0"; the row has "scores"'],
    ['many columns', 'label', { names: Array.from({ length: 11 }, (_, index) => `f${index}`), cells: new Array<string>(11).fill('0') },
      'the label is looked for in column "label"; the row has "f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7" and 3 more'],
  ])('%s', (_, attribute, row, message) => {
    expect(() => new Attribute(attribute, 'label').cell(row)).toThrow(new Rejection(message));
  });
});
