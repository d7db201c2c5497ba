/** So long the engine's thread is not left to others. */
const PIECE_MS = 8;

/** Runs long work in pieces between which calls and commands pass; a step of it should take no more than a millisecond or two. */
export async function inPieces<Value>(work: Generator<void, Value>): Promise<Value> {
  for (;;) {
    const until = performance.now() + PIECE_MS;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same at once, for tests and small work. */
export function atOnce<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
