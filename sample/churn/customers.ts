import { Moments, sampleColumn } from './moments';
import { Random } from './random';

/** How each numeric feature is distributed. */
export const NUMERIC_FEATURES = {
  age: { mean: 34.2, standardDeviation: 12.1, minimum: 18, maximum: 72, decimals: 0 },
  income: { mean: 67_500, standardDeviation: 28_000, minimum: 15_000, maximum: 250_000, decimals: 2 },
  credit_score: { mean: 710, standardDeviation: 45, minimum: 520, maximum: 850, decimals: 0 },
  total_purchases: { mean: 42, standardDeviation: 31, minimum: 0, maximum: 312, decimals: 0 },
} as const satisfies Record<string, Moments>;

/** Share of customers whose credit score is known. */
export const CREDIT_SCORE_COMPLETENESS = 0.98;

/** Share of customers by how they pay. */
export const PAYMENT_TYPES = { card: 0.56, bank_transfer: 0.2, paypal: 0.16, invoice: 0.08 } as const;

/** How a customer pays. */
export type PaymentType = keyof typeof PAYMENT_TYPES;

/** One customer, and whether the shop lost them. */
export interface Customer {
  readonly churn: 0 | 1;
  readonly age: number;
  readonly income: number;
  readonly credit_score: number | undefined;
  readonly total_purchases: number;
  readonly payment_type: PaymentType;
  readonly email: string;
}

const FIRST_NAMES = ['ada', 'ben', 'chloe', 'david', 'elif', 'farid', 'grace', 'hugo', 'ines', 'jonas', 'keiko', 'liam', 'maya', 'nora', 'omar', 'priya'];
const LAST_NAMES = ['abbott', 'brandt', 'chen', 'diaz', 'eriksen', 'fischer', 'garcia', 'haddad', 'ito', 'jensen', 'kumar', 'lopez', 'meyer', 'novak'];
/** Reserved for examples by RFC 2606: nobody can be written to. */
const DOMAINS = { 'example.com': 0.6, 'example.org': 0.25, 'example.net': 0.15 };

/** What each payment type adds to the log-odds of churn. */
const PAYMENT_EFFECT: Record<PaymentType, number> = { card: -0.3, bank_transfer: 0, paypal: 0.4, invoice: 1.1 };
const CHURN_INTERCEPT = -1.74;

/** That many customers; the same seed gives the same ones. */
export function customers(seed: number, count: number): Customer[] {
  const random = new Random(seed);
  const ages = sampleColumn(random, count, NUMERIC_FEATURES.age);
  const incomes = sampleColumn(random, count, NUMERIC_FEATURES.income);
  const purchases = sampleColumn(random, count, NUMERIC_FEATURES.total_purchases);
  const scores = incompleteColumn(random, count, NUMERIC_FEATURES.credit_score, CREDIT_SCORE_COMPLETENESS);

  return ages.map((age, index) => {
    const features = {
      age,
      income: incomes[index] as number,
      credit_score: scores[index],
      total_purchases: purchases[index] as number,
      payment_type: random.pick(PAYMENT_TYPES),
      email: email(random, index),
    };
    return { churn: random.uniform() < churnProbability(features) ? 1 : 0, ...features };
  });
}

/** The truth behind the labels: logistic in the features, so that a model can learn it but never be certain. */
function churnProbability(customer: Omit<Customer, 'churn' | 'email'>): number {
  const logOdds = CHURN_INTERCEPT
    - 0.5 * standardised('age', customer.age)
    - 0.9 * standardised('income', customer.income)
    - 0.6 * standardised('credit_score', customer.credit_score ?? NUMERIC_FEATURES.credit_score.mean)
    - 1.4 * standardised('total_purchases', customer.total_purchases)
    + PAYMENT_EFFECT[customer.payment_type];
  return 1 / (1 + Math.exp(-logOdds));
}

function standardised(feature: keyof typeof NUMERIC_FEATURES, value: number): number {
  const { mean, standardDeviation } = NUMERIC_FEATURES[feature];
  return (value - mean) / standardDeviation;
}

function incompleteColumn(random: Random, count: number, moments: Moments, completeness: number): (number | undefined)[] {
  const present = Math.round(count * completeness);
  const absent = Array<undefined>(count - present).fill(undefined);
  return random.shuffle([...sampleColumn(random, present, moments), ...absent]);
}

/** The number makes it unique. */
function email(random: Random, index: number): string {
  const [first, last] = [FIRST_NAMES, LAST_NAMES].map(names => names[random.index(names.length)] as string);
  return `${first}.${last}${String(index + 1).padStart(4, '0')}@${random.pick(DOMAINS)}`;
}
