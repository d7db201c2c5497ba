/** A rule that an override names, as it refused when the override was asked for or granted. */
export interface NamedRule {
  rule: string;
  pack: string;
  because: string;
  /** epoch ms; null: not before a fact changes */
  until: number | null;
}

/** Damaged text names nothing, so that such an override lifts nothing. */
export function parseRules(json: string): NamedRule[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? (value as NamedRule[]) : [];
  } catch {
    return [];
  }
}

/** As `rulesJson` keeps it. */
export function toRulesJson(refusals: readonly NamedRule[]): string {
  return JSON.stringify(
    refusals.map(({ rule, pack, because, until }) => ({ rule, pack, because, until })),
  );
}
