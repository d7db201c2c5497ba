/** Where a debtor is, as far as the store knows. */
export interface DebtorPlace {
  timeZonesJson: string;
  /** of the newest place that the debtor stated and that holds; null: none */
  statedZonesJson: string | null;
}

/** Debtors of a list of ids at an instant (given twice) with the place that each stated last. */
export const placesSql = `SELECT d.id AS debtorId, d.country, d.jurisdiction, d.timeZonesJson,
    (SELECT s.timeZonesJson FROM statedPlace s WHERE s.debtorId = d.id AND s.endedAt IS NULL AND s.deletedAt IS NULL
       AND s.since <= ? AND (s."until" IS NULL OR s."until" > ?) ORDER BY s.since DESC, s.id DESC LIMIT 1) AS statedZonesJson
  FROM json_each(?) AS asked CROSS JOIN debtor d ON d.id = asked.value`;

/**
 * The clock that numbers are chosen by: of the place that the debtor stated, of the residence, or of the number. Where a
 * place has several zones it is the first: the door asks for all of them before a call goes out.
 */
export function debtorZone(
  place: DebtorPlace | undefined,
  numberZonesJson: string | undefined,
): string {
  return (
    firstOf(place?.statedZonesJson) ??
    firstOf(place?.timeZonesJson) ??
    firstOf(numberZonesJson) ??
    'UTC'
  );
}

/** What is damaged names no zone. */
function firstOf(json: string | null | undefined): string | undefined {
  if (json === null || json === undefined || json === '[]') return undefined;
  try {
    const zones: unknown = JSON.parse(json);
    const [first] = Array.isArray(zones) ? (zones as unknown[]) : [];
    return typeof first === 'string' ? first : undefined;
  } catch {
    return undefined;
  }
}
