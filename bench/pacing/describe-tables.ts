import type { ReportedFigure } from '../bench.ts';

/** What stands behind the last `: ` of a figure's name, in the order of the columns. */
const COLUMNS = ['minutes', 'standard error', 'abandoned'] as const;

/** One line for each controller in each scenario; the other figures of it follow in words. */
export function describeTables(figures: readonly ReportedFigure[]): string[] {
  const rows = new Map<string, Map<string, ReportedFigure>>();
  for (const figure of figures) {
    const cut = figure.name.lastIndexOf(': ');
    const title = cut < 0 ? figure.name : figure.name.slice(0, cut);
    const row = rows.get(title) ?? new Map<string, ReportedFigure>();
    row.set(cut < 0 ? 'minutes' : figure.name.slice(cut + 2), figure);
    rows.set(title, row);
  }
  const width = Math.max(...[...rows.keys()].map((title) => title.length));
  const heading = `${''.padEnd(width)}  min/h     ±  abandoned`;
  return [
    'Synthetic: simulated teams and lists. min/h: minutes of talk and wrap-up in an hour of an agent who is there.',
    heading,
    ...[...rows].map(([title, row]) => `${title.padEnd(width)}  ${lineOf(row)}`.trimEnd()),
  ];
}

function lineOf(row: ReadonlyMap<string, ReportedFigure>): string {
  const [minutes, error, abandoned] = COLUMNS.map((column) => row.get(column));
  return [
    cell(minutes, 2).padStart(5),
    cell(error, 2).padStart(5),
    abandoned === undefined ? ''.padStart(8) : `${cell(abandoned, 2)} %`.padStart(8),
    aimOf(minutes, 'min/h'),
    ...[...row]
      .filter(([column]) => !isColumn(column))
      .map(([column, figure]) => other(column, figure)),
  ].join('  ');
}

function isColumn(column: string): boolean {
  return COLUMNS.some((known) => known === column);
}

function cell(figure: ReportedFigure | undefined, digits: number): string {
  return figure === undefined || Number.isNaN(figure.value) ? '' : figure.value.toFixed(digits);
}

function aimOf(figure: ReportedFigure | undefined, unit: string): string {
  if (figure?.aim === undefined) return '';
  return `aim ${figure.aim.toFixed(1)} ${unit} ${figure.holds ? 'reached' : 'NOT REACHED'}`;
}

function other(column: string, figure: ReportedFigure): string {
  const { value, unit } = figure;
  return `${column} ${value.toFixed(2)} ${unit} ${aimOf(figure, unit)}`.trimEnd();
}
