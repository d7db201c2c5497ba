/** Weights of a logistic regression: log odds = intercept + Σ weights · x. */
export interface Weights {
  intercept: number;
  weights: number[];
}

/** Cases as rows of one array, each of `width` numbers. */
export interface Design {
  rows: Float64Array;
  width: number;
  /** 0 or 1 for each row */
  outcomes: Uint8Array;
}

/** Strength of the pull of all weights but the intercept towards 0. */
const RIDGE = 5;
const MOST_STEPS = 25;
const SETTLED = 1e-7;
/** Rows between two pauses: a few milliseconds. */
const ROWS_AT_ONCE = 2_000;

/**
 * Maximum likelihood with a ridge, by Newton's method: no random start, the same rows give the same weights.
 * @param pause lets other work of the thread pass
 */
export async function fitLogistic(design: Design, pause: () => Promise<void>): Promise<Weights> {
  const size = design.width + 1;
  let beta = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, hessian } = await slopes(design, beta, pause);
    const change = solve(hessian, gradient, size);
    beta = beta.map((value, index) => value + (change[index] ?? 0));
    if (change.every((value) => Math.abs(value) < SETTLED)) break;
  }
  const [intercept = 0, ...weights] = beta;
  return { intercept, weights };
}

/** @returns 0 … 1 */
export function chanceOf({ intercept, weights }: Weights, row: readonly number[]): number {
  let odds = intercept;
  for (let index = 0; index < weights.length; index += 1)
    odds += (weights[index] ?? 0) * (row[index] ?? 0);
  return sigmoid(odds);
}

function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** First and (negated) second derivatives of the penalised log likelihood. */
async function slopes(
  { rows, width, outcomes }: Design,
  beta: Float64Array,
  pause: () => Promise<void>,
): Promise<{ gradient: Float64Array; hessian: Float64Array }> {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const row = new Float64Array(size);
  row[0] = 1;
  for (let at = 0; at < outcomes.length; at += 1) {
    if (at > 0 && at % ROWS_AT_ONCE === 0) await pause();
    let odds = valueAt(beta, 0);
    for (let index = 1; index < size; index += 1) {
      const value = valueAt(rows, at * width + index - 1);
      row[index] = value;
      odds += value * valueAt(beta, index);
    }
    const chance = sigmoid(odds);
    const miss = valueAt(outcomes, at) - chance;
    const weight = Math.max(1e-9, chance * (1 - chance));
    for (let one = 0; one < size; one += 1) {
      const value = valueAt(row, one);
      if (value === 0) continue;
      gradient[one] = valueAt(gradient, one) + miss * value;
      const weighted = weight * value;
      const line = one * size;
      for (let other = 0; other <= one; other += 1)
        hessian[line + other] = valueAt(hessian, line + other) + weighted * valueAt(row, other);
    }
  }
  for (let index = 1; index < size; index += 1) {
    gradient[index] = valueAt(gradient, index) - RIDGE * valueAt(beta, index);
    hessian[index * size + index] = valueAt(hessian, index * size + index) + RIDGE;
  }
  hessian[0] = valueAt(hessian, 0) + 1e-9;
  return { gradient, hessian };
}

/** Cholesky: the matrix is symmetric and positive; only its lower half is read. */
function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let rest = valueAt(matrix, row * size + column);
      for (let index = 0; index < column; index += 1)
        rest -= valueAt(lower, row * size + index) * valueAt(lower, column * size + index);
      lower[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(rest, 1e-12))
          : rest / valueAt(lower, column * size + column);
    }
  const half = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let rest = valueAt(right, row);
    for (let index = 0; index < row; index += 1)
      rest -= valueAt(lower, row * size + index) * valueAt(half, index);
    half[row] = rest / valueAt(lower, row * size + row);
  }
  const result = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = valueAt(half, row);
    for (let index = row + 1; index < size; index += 1)
      rest -= valueAt(lower, index * size + row) * valueAt(result, index);
    result[row] = rest / valueAt(lower, row * size + row);
  }
  return result;
}

/** Within the bounds that the callers keep. */
function valueAt(values: Float64Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}
