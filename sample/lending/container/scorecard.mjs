import { FEATURES, LABEL, NUMERIC_FEATURES, parseNumber } from './schema.mjs';

/** Bands of a numeric feature, each with as many applicants as the others. */
const BANDS = 40;
/** Added to every count, so that a band without any case of one kind has finite points. */
const PRIOR = 0.5;
/** Probability from which on credit is given. */
const APPROVAL = 0.5;
const ROUNDS = 60;
/** Keeps a step finite where nothing is left to explain. */
const RIDGE = 1e-6;

/**
 * A scorecard: points for each band of each feature. They begin as the weight of evidence of the applicants in the band, and are stretched feature
 * by feature, as features that share a row explain it together.
 */
export function trainScorecard(applicants) {
  const labels = applicants.map((applicant, index) => labelOf(applicant, index));
  const totals = countsOf(labels, () => true);
  const features = Object.fromEntries(FEATURES.map(name => [name, pointsOf(name, applicants.map(applicant => applicant[name]), labels, totals)]));
  const intercept = Math.log(totals.good / totals.bad);
  const [stretchedIntercept, ...stretches] = fitStretches(applicants.map(applicant => [intercept, ...evidences(features, applicant)]), labels);
  FEATURES.forEach((name, index) => stretch(features[name].points, stretches[index]));
  return { intercept: round(intercept * stretchedIntercept), features };
}

/** Whether credit is given, and the probability that it is paid back. */
export function decide({ intercept, features }, applicant) {
  const probability = likelihood(evidences(features, applicant).reduce((sum, value) => sum + value, intercept));
  return { approved: probability >= APPROVAL ? 1 : 0, probability: Number(probability.toFixed(6)) };
}

/** The applicant's points; a category that was unknown in training has none. */
function evidences(features, applicant) {
  return Object.entries(features).map(([name, { edges, points }]) => points[bandOf(name, edges, applicant[name])] ?? 0);
}

function pointsOf(name, values, labels, totals) {
  const edges = NUMERIC_FEATURES.includes(name) ? edgesOf(name, values) : undefined;
  const bands = values.map(value => bandOf(name, edges, value));
  const points = [...new Set(bands)].sort().map(band => [band, evidence(countsOf(labels, index => bands[index] === band), totals)]);
  return { edges, points: Object.fromEntries(points) };
}

/** Factors that make the labels likeliest, by Newton's method on one after the other. */
function fitStretches(rows, labels) {
  const stretches = rows[0].map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    stretches.forEach((_, column) => {
      const fitted = rows.map(row => likelihood(row.reduce((sum, value, index) => sum + value * stretches[index], 0)));
      const gradient = rows.reduce((sum, row, index) => sum + row[column] * (labels[index] - fitted[index]), 0);
      const curvature = rows.reduce((sum, row, index) => sum + row[column] ** 2 * fitted[index] * (1 - fitted[index]), 0);
      stretches[column] += gradient / (curvature + RIDGE);
    });
  }
  return stretches;
}

function stretch(points, factor) {
  for (const band of Object.keys(points)) points[band] = round(points[band] * factor);
}

function likelihood(logOdds) {
  return 1 / (1 + Math.exp(-logOdds));
}

function labelOf(applicant, index) {
  const label = applicant[LABEL];
  if (label !== '0' && label !== '1') throw new Error(`row ${index + 1}: ${LABEL} must be 0 or 1, got ${JSON.stringify(label)}`);
  return Number(label);
}

/** The band that a value is in; what is missing has one of its own. */
function bandOf(name, edges, value) {
  if (edges === undefined) return String(value ?? '');
  const number = parseNumber(name, value);
  return number === undefined ? 'missing' : String(edges.filter(edge => number >= edge).length);
}

function edgesOf(name, values) {
  const numbers = values.map(value => parseNumber(name, value)).filter(value => value !== undefined).sort((a, b) => a - b);
  if (numbers.length === 0) throw new Error(`${name} is empty in every row`);
  const edges = Array.from({ length: BANDS - 1 }, (_, band) => numbers[Math.floor(numbers.length * (band + 1) / BANDS)]);
  return [...new Set(edges)];
}

function countsOf(labels, isCounted) {
  const counted = labels.filter((_, index) => isCounted(index));
  const good = counted.filter(label => label === 1).length;
  return { good: good + PRIOR, bad: counted.length - good + PRIOR };
}

function evidence(band, totals) {
  return Math.log((band.good / totals.good) / (band.bad / totals.bad));
}

/** The last digits differ from one machine's mathematics to another's. */
function round(value) {
  return Number(value.toPrecision(8));
}
