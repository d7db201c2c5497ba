/** Facts of an audit entry in one line; ids of people become their names, other ids are left out. */
export function auditDetails(
  details: Readonly<Record<string, unknown>>,
  people: readonly { personId: string; displayName: string }[],
): string {
  return Object.entries(details)
    .flatMap(([name, value]) => {
      const text = valueText(value, people);
      return text === null ? [] : [`${name}: ${text}`];
    })
    .join(' · ');
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function valueText(
  value: unknown,
  people: readonly { personId: string; displayName: string }[],
): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && idPattern.test(value)) {
    return people.find((person) => person.personId === value)?.displayName ?? null;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
