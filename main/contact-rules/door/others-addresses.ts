import type { ReadDb } from '../../store/types.ts';
import type { ContactRequest } from '../types.ts';
import type { DebtorRows } from './fact-rows.ts';
import type { PersonKeys } from './find-person.ts';

// the ids and numbers that are not on the debtor's record, asked once for a whole list; all found by an index
const sql = `SELECT c.id AS address, c.value, coalesce(d.mergedInto, c.debtorId) AS ownerId
    FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.id = asked.value
    LEFT JOIN debtor d ON d.id = c.debtorId
  UNION ALL
  SELECT asked.value, asked.value, NULL FROM json_each(?) AS asked
  WHERE EXISTS (SELECT 1 FROM contactPoint c CROSS JOIN debtor d ON d.id = c.debtorId
    WHERE c.value = asked.value AND c.deletedAt IS NULL AND d.deletedAt IS NULL)`;

interface FoundRow {
  address: string;
  value: string;
  /** null for a number: it is somebody's, and that is enough */
  ownerId: string | null;
}

/**
 * Says which requests name one debtor and the address of another, so that nobody's refusal or override is passed by
 * under a strange name. A number on nobody's record is the debtor's: somebody typed it. Reads nothing while all asked
 * addresses are on record with their debtors, else one statement for the whole list.
 * @returns whether the request at this place is such a one
 */
export function findOthersAddresses(
  db: ReadDb,
  requests: readonly ContactRequest[],
  keys: readonly PersonKeys[],
  rowsOf: ReadonlyMap<string, DebtorRows>,
): (index: number) => boolean {
  const strange = requests.map((request, index) => strangeAddress(request, keys[index], rowsOf));
  const pointIds = new Set(strange.flatMap((one) => one?.pointId ?? []));
  const numbers = new Set(strange.flatMap((one) => one?.number ?? []));
  const found = new Map<string, FoundRow>();
  if (pointIds.size + numbers.size > 0) {
    const asked = [JSON.stringify([...pointIds]), JSON.stringify([...numbers])];
    for (const row of db.all<FoundRow>(sql, ...asked)) found.set(row.address, row);
  }
  return (index) => {
    const one = strange[index];
    return one != null && isOthers(one, found);
  };
}

interface StrangeAddress {
  debtorId: string;
  /** E.164; null for channels without a number */
  asked: string | null;
  /** not on the debtor's record; null: it is, or none is named */
  pointId: string | null;
  number: string | null;
  /** the named point is the debtor's, with another number than the asked one */
  differs: boolean;
}

/** @returns null in the usual case: all that is named is on the debtor's record */
function strangeAddress(
  { contactPointId }: ContactRequest,
  key: PersonKeys | undefined,
  rowsOf: ReadonlyMap<string, DebtorRows>,
): StrangeAddress | null {
  if (!key?.ok || key.debtorId === null) return null;
  const { debtorId, number: asked } = key;
  const points = rowsOf.get(debtorId)?.points;
  if (!points) return null;
  const point = points.find(({ id }) => id === contactPointId);
  const differs = point !== undefined && asked !== null && point.value !== asked;
  const pointId = point ? null : (contactPointId ?? null);
  const number = points.some(({ value }) => value === asked) ? null : asked;
  if (pointId === null && number === null && !differs) return null;
  return { debtorId, asked, pointId, number, differs };
}

function isOthers(
  { debtorId, asked, pointId, number, differs }: StrangeAddress,
  found: ReadonlyMap<string, FoundRow>,
): boolean {
  if (differs || (number !== null && found.has(number))) return true;
  if (pointId === null) return false;
  // one that a merge took away as a double is the debtor's still
  const point = found.get(pointId);
  return point?.ownerId !== debtorId || (asked !== null && point.value !== asked);
}
