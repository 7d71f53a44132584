/** Probability of the label, for a vector. */
export function probability({ intercept, weights }, vector) {
  return sigmoid(vector.reduce((logOdds, value, index) => logOdds + weights[index] * value, intercept));
}

/** Weights that make the labels likeliest, kept small by the ridge penalty; found by Newton's method. */
export function fit(vectors, labels, { iterations, ridge }) {
  const rows = vectors.map(vector => [1, ...vector]);
  let coefficients = new Array(rows[0].length).fill(0);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const step = newtonStep(rows, labels, coefficients, ridge);
    coefficients = coefficients.map((coefficient, index) => coefficient + step[index]);
    if (Math.max(...step.map(Math.abs)) < 1e-10) break;
  }
  const [intercept, ...weights] = coefficients;
  return { intercept, weights };
}

function newtonStep(rows, labels, coefficients, ridge) {
  const size = coefficients.length;
  const gradient = coefficients.map((coefficient, index) => -penalty(index, ridge) * coefficient);
  const curvature = coefficients.map((_, index) => coefficients.map((__, other) => (index === other ? penalty(index, ridge) : 0)));
  rows.forEach((row, index) => {
    const likelihood = sigmoid(row.reduce((total, value, column) => total + coefficients[column] * value, 0));
    for (let i = 0; i < size; i++) {
      gradient[i] += row[i] * (labels[index] - likelihood);
      for (let j = 0; j < size; j++) curvature[i][j] += row[i] * row[j] * likelihood * (1 - likelihood);
    }
  });
  return solve(curvature, gradient);
}

/** The intercept is not held back. It gets a trace of a penalty, as the flags of one feature always sum to it. */
function penalty(index, ridge) {
  return index === 0 ? 1e-6 : ridge;
}

/** Solves a positive definite system by Gauss and Jordan. */
function solve(matrix, vector) {
  const rows = matrix.map((row, index) => [...row, vector[index]]);
  rows.forEach((pivotRow, pivot) => {
    rows.forEach((row, index) => {
      if (index === pivot) return;
      const factor = row[pivot] / pivotRow[pivot];
      for (let column = pivot; column < row.length; column++) row[column] -= factor * pivotRow[column];
    });
  });
  return rows.map((row, index) => row.at(-1) / row[index]);
}

function sigmoid(value) {
  return 1 / (1 + Math.exp(-value));
}
