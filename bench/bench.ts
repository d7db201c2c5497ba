/** One number that a benchmark found. */
export interface Figure {
  name: string;
  value: number;
  /** `ms`, `% of a core`, `MB`, `calls/s` */
  unit: string;
  /** the same measure of the baseline, taken in the same run */
  baseline?: number;
  /** value to be reached */
  aim?: number;
  /** which side of `aim` is good; `lower` by default */
  better?: 'lower' | 'higher';
}

export interface BenchContext {
  /** says what is going on, on stderr */
  note(text: string): void;
}

/** A benchmark: the default export of `bench/<name>.bench.ts`. */
export interface Bench {
  /** one line for the list of benchmarks */
  summary: string;
  run(context: BenchContext): Promise<readonly Figure[]>;
}

/** A figure as it is printed. */
export interface ReportedFigure {
  name: string;
  value: number;
  unit: string;
  baseline?: number;
  /** value ÷ baseline */
  ratio?: number;
  aim?: number;
  /** whether the aim is reached */
  holds?: boolean;
}

/** Adds what follows from a figure: its ratio to the baseline, and whether the aim is reached. */
export function reportFigure(figure: Figure): ReportedFigure {
  const { name, value, unit, baseline, aim, better = 'lower' } = figure;
  const reported: ReportedFigure = { name, value, unit };
  if (baseline !== undefined) {
    reported.baseline = baseline;
    if (baseline !== 0) reported.ratio = value / baseline;
  }
  if (aim !== undefined) {
    reported.aim = aim;
    reported.holds = better === 'lower' ? value <= aim : value >= aim;
  }
  return reported;
}

/**
 * The value below which a share of the samples lies, by the nearest-rank method: always one of the
 * samples.
 * @param share 0…1, such as 0.99
 * @returns NaN without samples
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** One line for people. */
export function describeFigure({ name, value, unit, ratio, aim, holds }: ReportedFigure): string {
  const parts = [`${name.padEnd(44)} ${round(value)} ${unit}`];
  if (ratio !== undefined) parts.push(`${round(ratio)} × baseline`);
  if (aim !== undefined) parts.push(`aim ${round(aim)}: ${holds ? 'reached' : 'NOT REACHED'}`);
  return parts.join('   ');
}

function round(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
