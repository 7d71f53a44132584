import { Moments, sampleColumn } from '../churn/moments';
import { Random } from '../churn/random';

/** How each numeric feature is distributed. */
export const NUMERIC_FEATURES = {
  credit_score: { mean: 700, standardDeviation: 60, minimum: 450, maximum: 850, decimals: 0 },
  income: { mean: 58_000, standardDeviation: 21_000, minimum: 12_000, maximum: 180_000, decimals: 2 },
  debt_ratio: { mean: 0.32, standardDeviation: 0.12, minimum: 0, maximum: 0.9, decimals: 3 },
  age: { mean: 41, standardDeviation: 12, minimum: 18, maximum: 80, decimals: 0 },
} as const satisfies Record<string, Moments>;

/** Share of applicants by the first digits of their ZIP code. */
const ZIP_CODES = { '100xx': 0.2, '113xx': 0.16, '303xx': 0.16, '606xx': 0.16, '752xx': 0.1, '331xx': 0.06, '482xx': 0.08, '941xx': 0.08 } as const;

/** Share of applicants by sex; neither the truth nor the model looks at it. */
const SEXES = { female: 0.4, male: 0.6 } as const;

/** One applicant, and whether they turned out to be worth the credit. */
export interface Applicant {
  readonly creditworthy: 0 | 1;
  readonly credit_score: number;
  readonly income: number;
  readonly debt_ratio: number;
  readonly age: number;
  readonly zip_code: keyof typeof ZIP_CODES;
  readonly sex: keyof typeof SEXES;
}

/** What living there adds to the log odds: little in most places, much in a few. */
const ZIP_EFFECT: Record<Applicant['zip_code'], number> = {
  '100xx': 0, '113xx': 0.6, '303xx': -0.6, '606xx': 0, '752xx': 0.6, '331xx': -0.6, '482xx': -12, '941xx': 12,
};
const INTERCEPT = 8;

/** That many applicants; the same seed gives the same ones. */
export function applicants(seed: number, count: number): Applicant[] {
  const random = new Random(seed);
  const column = (name: keyof typeof NUMERIC_FEATURES): number[] => sampleColumn(random, count, NUMERIC_FEATURES[name]);
  const columns = { credit_score: column('credit_score'), income: column('income'), debt_ratio: column('debt_ratio'), age: column('age') };
  return columns.credit_score.map((credit_score, index) => {
    const features = {
      credit_score,
      income: columns.income[index] as number,
      debt_ratio: columns.debt_ratio[index] as number,
      age: columns.age[index] as number,
      zip_code: random.pick(ZIP_CODES),
      sex: random.pick(SEXES),
    };
    return { creditworthy: random.uniform() < creditworthiness(features) ? 1 : 0, ...features };
  });
}

/** The truth behind the labels: logistic in the features, and steep, so that a model can be right in most cases. */
function creditworthiness(applicant: Omit<Applicant, 'creditworthy'>): number {
  const logOdds = INTERCEPT
    + 11 * standardised('credit_score', applicant.credit_score)
    + 0.8 * standardised('income', applicant.income)
    - 2.6 * standardised('debt_ratio', applicant.debt_ratio)
    + ZIP_EFFECT[applicant.zip_code];
  return 1 / (1 + Math.exp(-logOdds));
}

function standardised(feature: keyof typeof NUMERIC_FEATURES, value: number): number {
  const { mean, standardDeviation } = NUMERIC_FEATURES[feature];
  return (value - mean) / standardDeviation;
}
