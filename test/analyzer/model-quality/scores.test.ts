import * as fc from 'fast-check';
import { Ranking, Scores } from '../../../analyzer/model-quality/scores';

interface Scored {
  readonly score: number;
  readonly isPositive: boolean;
}

function rankingOf(rows: readonly Scored[]): Ranking {
  const scores = new Scores();
  for (const { score, isPositive } of rows) scores.add(score, isPositive, 1);
  return scores.ranking(0);
}

/** Few different scores, so that many are equal. */
const ROWS = fc.array(fc.record({ score: fc.constantFrom(-1, -0, 0, 0.25, 0.5, 1, 7), isPositive: fc.boolean() }), { minLength: 1, maxLength: 60 });
const ofBoth = (rows: readonly Scored[]): boolean => new Set(rows.map(({ isPositive }) => isPositive)).size === 2;

describe('whatever the scores are', () => {
  test('the area under the curve is the chance that a positive row has the higher score, equal ones counting one half', () => {
    fc.assert(fc.property(ROWS.filter(ofBoth), (rows) => {
      const [positives, negatives] = [true, false].map(side => rows.filter(row => row.isPositive === side)) as [Scored[], Scored[]];
      const wins = positives.flatMap(({ score }) => negatives.map(other => (1 + Math.sign(score - other.score)) / 2));
      expect(rankingOf(rows).auc).toBeCloseTo(wins.reduce((sum, win) => sum + win, 0) / wins.length, 12);
    }), { seed: 1 });
  });

  test('the order of rows and the scale of scores do not matter', () => {
    fc.assert(fc.property(ROWS.filter(ofBoth), (rows) => {
      const other = rankingOf([...rows].reverse().map(({ score, isPositive }) => ({ score: Math.exp(score) * 3, isPositive })));
      const ranking = rankingOf(rows);
      expect([other.auc, other.areaUnderPrecisionRecall, other.receiverOperatingCharacteristic])
        .toEqual([ranking.auc, ranking.areaUnderPrecisionRecall, ranking.receiverOperatingCharacteristic]);
    }), { seed: 2 });
  });

  test('the curve rises from nothing to all', () => {
    fc.assert(fc.property(ROWS.filter(ofBoth), (rows) => {
      const curve = rankingOf(rows).receiverOperatingCharacteristic;
      expect(curve[0]).toEqual({ x: 0, y: 0 });
      expect(curve.at(-1)).toEqual({ x: 1, y: 1 });
      for (const [index, { x, y }] of curve.slice(1).entries()) expect(x >= curve[index]!.x && y >= curve[index]!.y).toBe(true);
    }), { seed: 3 });
  });
});

test('curves have a point for each different score, equal ones together, and each point once', () => {
  const ranking = rankingOf([[0.9, true], [0.6, true], [0.6, false], [0.2, false]].map(([score, isPositive]) => ({ score, isPositive }) as Scored));
  const points = (...pairs: [number, number][]): unknown => pairs.map(([x, y]) => ({ x, y }));
  expect(ranking.receiverOperatingCharacteristic).toEqual(points([0, 0], [0, 0.5], [0.5, 1], [1, 1]));
  expect(ranking.precisionRecall).toEqual(points([0, 1], [0.5, 1], [1, 2 / 3], [1, 0.5]));
});

test('what one side alone cannot tell is left open', () => {
  const [onlyPositive, onlyNegative] = [true, false].map(isPositive => rankingOf([{ score: 0.5, isPositive }])) as [Ranking, Ranking];
  expect([onlyPositive.auc, onlyNegative.auc, onlyNegative.areaUnderPrecisionRecall]).toEqual([undefined, undefined, undefined]);
});

describe('with 200 000 different scores', () => {
  const rows = Array.from({ length: 200_000 }, (_, index): Scored => {
    const score = index * 0.618033988749895 % 1;
    return { score, isPositive: index * 0.7548776662 % 1 < score };
  });
  const ranking = rankingOf(rows);

  test('curves have at most some thousand points, and end where they should', () => {
    for (const curve of [ranking.receiverOperatingCharacteristic, ranking.precisionRecall]) {
      expect(curve.length).toBeGreaterThan(500);
      expect(curve.length).toBeLessThan(1003);
      expect(curve.at(-1)).toMatchObject({ x: 1 });
    }
  });

  test('the thinned curve still encloses the exact area', () => {
    const curve = ranking.receiverOperatingCharacteristic;
    const area = curve.slice(1).reduce((sum, { x, y }, index) => sum + (x - curve[index]!.x) * (y + curve[index]!.y) / 2, 0);
    expect(ranking.auc).toBeCloseTo(5 / 6, 2);
    expect(area).toBeCloseTo(ranking.auc ?? NaN, 4);
  });
});
