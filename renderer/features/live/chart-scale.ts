export interface ChartPoint {
  at: number;
  /** null: nothing was measured; the line has a gap */
  value: number | null;
}

/** Places of the points in a box of 1 × 1, y downwards; a run of points without a gap is one line. */
export function chartLines(
  points: readonly ChartPoint[],
  max: number,
): readonly (readonly { x: number; y: number }[])[] {
  const first = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - first);
  const lines: { x: number; y: number }[][] = [];
  let open: { x: number; y: number }[] | null = null;
  for (const { at, value } of points) {
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      lines.push(open);
    }
    open.push({ x: (at - first) / span, y: 1 - Math.min(1, Math.max(0, value / max)) });
  }
  return lines;
}

/** The end of a scale: round, above everything that is drawn, limits too. */
export function chartTop(values: readonly (number | null)[], atLeast: number): number {
  const highest = Math.max(atLeast, ...values.map((value) => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1e-9)));
  const steps = [1, 2, 3, 4, 5, 6, 8, 10];
  return (steps.find((step) => step * power >= highest) ?? 10) * power;
}
