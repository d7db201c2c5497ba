/** A list with one of its members a place further up (−1) or down (1); at the ends nothing changes. */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const list = [...items];
  const to = index + by;
  const item = list[index];
  const other = list[to];
  if (item === undefined || other === undefined) return list;
  list[index] = other;
  list[to] = item;
  return list;
}
