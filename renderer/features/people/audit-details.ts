interface Named {
  personId: string;
  displayName: string;
}

/** Facts that say nothing to a reader. */
const hidden: ReadonlySet<string> = new Set(['keyId']);

/**
 * Facts of an audit entry in one line; ids of people become their names, other ids are left out.
 * @param nameOf a fact's name in the reader's language
 */
export function auditDetails(
  details: Readonly<Record<string, unknown>>,
  people: readonly Named[],
  nameOf: (name: string) => string,
): string {
  return Object.entries(details)
    .flatMap(([name, value]) => {
      const text = hidden.has(name) ? null : valueText(value, people);
      return text === null ? [] : [`${nameOf(name)}: ${text}`];
    })
    .join(' · ');
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function valueText(value: unknown, people: readonly Named[]): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && idPattern.test(value)) {
    return people.find((person) => person.personId === value)?.displayName ?? null;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
