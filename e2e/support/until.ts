const LOOK_EVERY_MS = 40;

/**
 * Waits until something holds, looking again and again; works in hooks too.
 * @param what for the error: a text, or what is known when the time is over
 * @returns what was looked for
 */
export async function until<Value>(
  what: string | (() => string),
  look: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  timeoutMs = 15_000,
): Promise<Value> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) {
      throw new Error(`not within ${timeoutMs} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
