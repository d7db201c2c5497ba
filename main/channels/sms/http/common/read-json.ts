/** Reading of what providers send: nothing is believed, nothing throws. */

/** The member of an object; undefined for anything else. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** Text, or a number as text; null for anything else and for ''. */
export function text(value: unknown, ...path: readonly string[]): string | null {
  const found = path.reduce(member, value);
  if (typeof found === 'number' && Number.isFinite(found)) return String(found);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** A number, or digits as text; null for anything else. */
export function number(value: unknown, ...path: readonly string[]): number | null {
  const found = path.reduce(member, value);
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  return typeof found === 'string' && /^-?\d+(\.\d+)?$/.test(found) ? Number(found) : null;
}

/** Items of an array; empty for anything else. */
export function items(value: unknown, ...path: readonly string[]): unknown[] {
  const found = path.reduce(member, value);
  return Array.isArray(found) ? found : [];
}
