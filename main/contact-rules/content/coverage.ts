import type { Span } from './text-parts.ts';

/**
 * Asks of spans of a text of `length` characters, each in constant time after one pass: hostile texts hold ten thousand
 * spans, which nobody may compare pair by pair.
 * @returns whether any of `spans` shares a character with the span asked about
 */
export function touching(length: number, spans: readonly Span[]): (span: Span) => boolean {
  const change = new Int32Array(length + 1);
  for (const { from, to } of spans) {
    if (from >= to) continue;
    change[from] = (change[from] ?? 0) + 1;
    change[to] = (change[to] ?? 0) - 1;
  }
  const coveredBefore = new Int32Array(length + 1);
  let open = 0;
  for (let at = 0; at < length; at++) {
    open += change[at] ?? 0;
    coveredBefore[at + 1] = (coveredBefore[at] ?? 0) + (open > 0 ? 1 : 0);
  }
  return ({ from, to }) => (coveredBefore[to] ?? 0) > (coveredBefore[from] ?? 0);
}

/** Whether any of `spans` holds the whole of the span asked about; they may be alike. */
export function containing(length: number, spans: readonly Span[]): (span: Span) => boolean {
  const reach = new Int32Array(length + 1).fill(-1);
  for (const { from, to } of spans) reach[from] = Math.max(reach[from] ?? -1, to);
  for (let at = 1; at <= length; at++) reach[at] = Math.max(reach[at] ?? -1, reach[at - 1] ?? -1);
  return ({ from, to }) => (reach[from] ?? -1) >= to;
}

/** Those that stand in no longer one. */
export function outermost<One extends Span>(spans: readonly One[]): One[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const inner = new Set<One>();
  let reach = -1;
  let last: One | undefined;
  for (const one of sorted) {
    const alike = last !== undefined && last.from === one.from && last.to === one.to;
    if (alike ? last !== undefined && inner.has(last) : one.to <= reach) inner.add(one);
    reach = Math.max(reach, one.to);
    last = one;
  }
  return spans.filter((one) => !inner.has(one));
}

/** The first of `spans`, in their order, that shares a character with the span asked about. */
export function firstTouching<One extends Span>(
  length: number,
  spans: readonly One[],
): (span: Span) => One | undefined {
  const firstAt = new Int32Array(length).fill(-1);
  for (const [index, { from, to }] of spans.entries()) {
    for (let at = from; at < to; at++) if (firstAt[at] === -1) firstAt[at] = index;
  }
  return ({ from, to }) => {
    let first = -1;
    for (const index of firstAt.subarray(from, to)) {
      if (index >= 0 && (first < 0 || index < first)) first = index;
    }
    return spans[first];
  };
}
