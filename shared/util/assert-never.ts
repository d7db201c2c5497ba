import { InvariantError } from '../errors/invariant.ts';

/** Closes a switch over a union: a new member then fails to compile. */
export function assertNever(value: never, what = 'value'): never {
  throw new InvariantError(`unexpected ${what}: ${JSON.stringify(value)}`);
}
