/**
 * Finds circles in a graph of areas.
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph area → areas it imports
 * @returns {string[][]} one path per group of areas that reach each other, first repeated at its end
 */
export function findCycles(graph) {
  const cycles = [];
  const reported = new Set();
  for (const start of [...graph.keys()].sort()) {
    if (reported.has(start)) continue;
    const path = shortestWayBack(graph, start);
    if (path === undefined) continue;
    for (const area of path) reported.add(area);
    cycles.push(path);
  }
  return cycles;
}

/**
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 * @param {string} start
 * @returns {string[] | undefined}
 */
function shortestWayBack(graph, start) {
  const seen = new Set();
  let paths = [[start]];
  while (paths.length > 0) {
    const longer = [];
    for (const path of paths) {
      for (const next of graph.get(/** @type {string} */ (path.at(-1))) ?? []) {
        if (next === start) return [...path, start];
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return undefined;
}
