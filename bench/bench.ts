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
  /** what was given on the command line, of those the benchmark names in `options` */
  options: Readonly<Record<string, string | undefined>>;
}

/** A benchmark: the default export of `bench/<name>.bench.ts`. */
export interface Bench {
  /** one line for the list of benchmarks */
  summary: string;
  /** names of its own options, each with a value: `--debtors 20000` */
  options?: readonly string[];
  /** names of its own options without a value: `--quick`; given ones are `'true'` in `options` */
  flags?: readonly string[];
  run(context: BenchContext): Promise<readonly Figure[]>;
  /** replaces the list of figures for people, where there are too many to read in one column */
  describe?(figures: readonly ReportedFigure[]): string[];
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

const COLUMNS = ['', 'value', 'baseline', 'ratio', 'aim', ''] as const;

/** A table for people: one line for each figure, under one line of headings. */
export function describeFigures(figures: readonly ReportedFigure[]): string[] {
  const rows = [[...COLUMNS], ...figures.map(cells)];
  const widths = COLUMNS.map((_title, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

function cells({ name, value, unit, baseline, ratio, aim, holds }: ReportedFigure): string[] {
  return [
    name,
    `${round(value)} ${unit}`,
    baseline === undefined ? '' : round(baseline),
    ratio === undefined ? '' : `× ${round(ratio)}`,
    aim === undefined ? '' : round(aim),
    holds === undefined ? '' : holds ? 'reached' : 'NOT REACHED',
  ];
}

function round(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
