/**
 * Which debtors are marked: some, one by one, or all that the filter finds, loaded or not.
 * Unmarking one of all leaves those that are loaded, without it: a filter cannot leave one out.
 */
export type Marks = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all' };

export const noMarks: Marks = { kind: 'some', ids: new Set() };
/** More than this can only be marked as "all": a command takes no more ids. */
export const mostMarks = 10_000;

export function isMarked(marks: Marks, id: string): boolean {
  return marks.kind === 'all' || marks.ids.has(id);
}

/** @param loaded ids of the rows that are there, for unmarking one of all */
export function withMarks(
  marks: Marks,
  ids: readonly string[],
  marked: boolean,
  loaded: readonly string[],
): Marks {
  if (marks.kind === 'all' && marked) return marks;
  const next = new Set(marks.kind === 'all' ? loaded : marks.ids);
  for (const id of ids) {
    if (!marked) next.delete(id);
    else if (next.size < mostMarks) next.add(id);
  }
  return { kind: 'some', ids: next };
}

export function countOf(marks: Marks, total: number): number {
  return marks.kind === 'all' ? total : marks.ids.size;
}

export function markState(marks: Marks, total: number): 'none' | 'some' | 'all' {
  const count = countOf(marks, total);
  if (count === 0) return 'none';
  return count >= total ? 'all' : 'some';
}
