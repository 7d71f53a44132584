/** A positive definite matrix, factorised once to solve many equations with it. */
export class Cholesky {
  private readonly rows: readonly Float64Array[];

  /** @param matrix rows of the lower triangle, each up to its diagonal; they are overwritten. */
  constructor(matrix: readonly Float64Array[]) {
    this.rows = matrix;
    for (const [row, values] of matrix.entries()) {
      for (const [column, other] of matrix.slice(0, row + 1).entries()) {
        const rest = at(values, column) - dot(values, other, column);
        values[column] = row === column ? Math.sqrt(rest) : rest / at(other, column);
      }
    }
  }

  /** x with matrix · x = vector. */
  solve(vector: Float64Array): Float64Array {
    const solution = Float64Array.from(vector);
    for (const [row, values] of this.rows.entries()) solution[row] = (at(solution, row) - dot(values, solution, row)) / at(values, row);
    for (let row = this.rows.length - 1; row >= 0; row--) {
      const values = this.rows[row] as Float64Array;
      const value = at(solution, row) / at(values, row);
      solution[row] = value;
      for (let before = 0; before < row; before++) solution[before] = at(solution, before) - at(values, before) * value;
    }
    return solution;
  }
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += at(a, index) * at(b, index);
  return sum;
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
