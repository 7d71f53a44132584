import { Cholesky } from './cholesky';
import { Coalitions } from './coalitions';

/**
 * The weighted least squares of Kernel SHAP: each feature's part in what coalitions gain, all parts together being the whole gain.
 * Factorised once, solved for each row and label.
 */
export class KernelRegression {
  /** Features of each coalition. */
  private readonly members: readonly (readonly number[])[];
  private readonly weights: Float64Array;
  private readonly equations: Cholesky;
  /** By how much each part must change for all together to change by 1. */
  private readonly shares: Float64Array;

  constructor({ features, count, members, weights }: Coalitions) {
    this.members = Array.from({ length: count }, (_, coalition) => {
      const flags = members.subarray(coalition * features, (coalition + 1) * features);
      return [...flags.keys()].filter(feature => flags[feature] === 1);
    });
    this.weights = weights;
    this.equations = new Cholesky(normalMatrix(features, this.members, weights));
    const ones = this.equations.solve(new Float64Array(features).fill(1));
    const onesTotal = total(ones);
    this.shares = ones.map(one => one / onesTotal);
  }

  /**
   * @param gains by how much each coalition's score is above the background's.
   * @param whole by how much the row's own score is above it.
   */
  parts(gains: Float64Array, whole: number): Float64Array {
    const right = new Float64Array(this.shares.length);
    for (const [coalition, own] of this.members.entries()) {
      const gain = (this.weights[coalition] ?? 0) * (gains[coalition] ?? 0);
      for (const feature of own) right[feature] = (right[feature] ?? 0) + gain;
    }
    const free = this.equations.solve(right);
    const missing = whole - total(free);
    return free.map((part, feature) => part + missing * (this.shares[feature] ?? 0));
  }
}

/**
 * Lower triangle of the normal equations, the weighted sum over coalitions of z · zᵀ; coalitions of a single feature make it positive definite.
 * A coalition of most features is 1 − c with few features in c: (1 − c)(1 − c)ᵀ = 11ᵀ − 1cᵀ − c1ᵀ + ccᵀ.
 */
function normalMatrix(features: number, members: readonly (readonly number[])[], weights: Float64Array): Float64Array[] {
  const matrix = Array.from({ length: features }, (_, row) => new Float64Array(row + 1));
  const lacking = new Float64Array(features);
  let everywhere = 0;
  for (const [coalition, own] of members.entries()) {
    const weight = weights[coalition] ?? 0;
    const isMost = 2 * own.length > features;
    const few = isMost ? others(own, features) : own;
    if (isMost) everywhere += weight;
    for (const [index, feature] of few.entries()) {
      if (isMost) lacking[feature] = (lacking[feature] ?? 0) + weight;
      const row = matrix[feature] as Float64Array;
      for (const other of few.slice(0, index + 1)) row[other] = (row[other] ?? 0) + weight;
    }
  }
  return matrix.map((row, feature) => row.map((value, other) => value + everywhere - (lacking[feature] ?? 0) - (lacking[other] ?? 0)));
}

function others(features: readonly number[], count: number): number[] {
  const left = new Set(Array.from({ length: count }, (_, feature) => feature));
  for (const feature of features) left.delete(feature);
  return [...left];
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
