/** Thrown when the program, not its user or a peer, is wrong. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvariantError';
  }
}

/** States what must hold; a failure is a bug and is never caught on the way up. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
