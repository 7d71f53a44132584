const LN_SQRT_2_PI = Math.log(2 * Math.PI) / 2;
const PRECISION = 1e-15;
const MAX_TERMS = 100_000;

/** ln Γ(x) for x > 0: Stirling's series, which small arguments reach by the recurrence. */
function lnGamma(x: number): number {
  let shift = 0;
  let argument = x;
  for (; argument < 10; argument++) shift += Math.log(argument);
  const square = argument * argument;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / argument;
  return (argument - 0.5) * Math.log(argument) - argument + LN_SQRT_2_PI + series - shift;
}

/** ln of the number of ways to choose k of n. */
export function lnChoose(n: number, k: number): number {
  return lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);
}

/** Probability (0–1) that chi-squared with so many degrees of freedom exceeds a value. */
export function chiSquaredTail(value: number, degrees: number): number {
  if (value <= 0) return 1;
  const [a, x] = [degrees / 2, value / 2];
  const scale = Math.exp(a * Math.log(x) - x - lnGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** The continued fraction, evaluated from its front after Lentz. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const numerator = n * (a - n);
    b += 2;
    c = b + numerator / c;
    d = 1 / (b + numerator * d);
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}
