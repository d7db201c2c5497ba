import type { CommandOutput } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { requireDebtor } from '../work/require-debtor.ts';
import { loadMergeSide } from './merge-side.ts';

export type Candidate = Unbranded<CommandOutput<'merge.find-candidates'>>['candidates'][number];
type Reason = Candidate['reasons'][number];

const WEIGHTS: Readonly<Record<Reason, number>> = {
  nationalId: 95,
  taxId: 90,
  companyNumber: 90,
  nameAndBirthDate: 75,
  phoneAndName: 60,
  emailAndName: 60,
  nameAndAddress: 55,
};

interface Known {
  id: string;
  searchName: string;
  nationalId: string | null;
  taxId: string | null;
  companyNumber: string | null;
  birthDate: string | null;
  postalCode: string | null;
  street: string | null;
}

const COLUMNS =
  'd.id, d.searchName, d.nationalId, d.taxId, d.companyNumber, d.birthDate, d.postalCode, d.street';
const LIVE = 'd.deletedAt IS NULL AND d.id <> ?';
/** A number of a firm's switchboard or a wrong number is on many cards. */
const MOST_WITH_ONE_VALUE = 50;

/**
 * Debtors who may be the same person or firm. Each query goes by an index; what a name alone suggests is not enough.
 * @throws AppError `contract.not-found`
 */
export function findCandidates(
  read: ReadDb,
  input: { debtorId: string; limit: number },
  now: number,
): Candidate[] {
  const { id } = requireDebtor(read, input.debtorId, now);
  const own = read.get<Known>(`SELECT ${COLUMNS} FROM debtor d WHERE d.id = ?`, id);
  if (!own) return [];
  const found = new Map<string, Set<Reason>>();
  const add = (other: Known, reason: Reason) => {
    const reasons = found.get(other.id) ?? new Set();
    found.set(other.id, reasons.add(reason));
  };
  for (const other of withSameNumbers(read, own))
    for (const reason of sameOf(own, other)) add(other, reason);
  for (const { kind, ...other } of withSameContacts(read, id)) {
    if (areNamesAlike(own.searchName, other.searchName)) {
      add(other, kind === 'email' ? 'emailAndName' : 'phoneAndName');
    }
  }
  for (const other of withSameName(read, own))
    for (const reason of sameOf(own, other)) add(other, reason);
  return [...found]
    .map(([debtorId, reasons]) => ({
      debtorId,
      reasons: [...reasons],
      likeness: likenessOf(reasons),
    }))
    .sort((one, other) => other.likeness - one.likeness || (one.debtorId < other.debtorId ? -1 : 1))
    .slice(0, input.limit)
    .map(({ debtorId, reasons, likeness }) => ({
      ...loadMergeSide(read, debtorId),
      reasons,
      likeness,
    }));
}

function withSameNumbers(read: ReadDb, own: Known): Known[] {
  const byNational =
    own.nationalId === null
      ? []
      : read.all<Known>(
          `SELECT ${COLUMNS} FROM debtor d WHERE d.nationalId = ? AND ${LIVE} LIMIT ${MOST_WITH_ONE_VALUE}`,
          own.nationalId,
          own.id,
        );
  const byTax =
    own.taxId === null
      ? []
      : read.all<Known>(
          `SELECT ${COLUMNS} FROM debtor d WHERE d.taxId = ? AND ${LIVE} LIMIT ${MOST_WITH_ONE_VALUE}`,
          own.taxId,
          own.id,
        );
  const byRegister =
    own.companyNumber === null
      ? []
      : read.all<Known>(
          `SELECT ${COLUMNS} FROM debtor d WHERE d.companyNumber = ? AND ${LIVE} LIMIT ${MOST_WITH_ONE_VALUE}`,
          own.companyNumber,
          own.id,
        );
  return [...byNational, ...byTax, ...byRegister];
}

function withSameContacts(read: ReadDb, debtorId: string): (Known & { kind: string })[] {
  const points = read.all<{ value: string; kind: string }>(
    'SELECT value, kind FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL',
    debtorId,
  );
  return points.flatMap(({ value, kind }) =>
    read
      .all<Known>(
        `SELECT ${COLUMNS} FROM contactPoint c JOIN debtor d ON d.id = c.debtorId
         WHERE c.value = ? AND c.deletedAt IS NULL AND ${LIVE} LIMIT ${MOST_WITH_ONE_VALUE}`,
        value,
        debtorId,
      )
      .map((other) => ({ ...other, kind })),
  );
}

function withSameName(read: ReadDb, own: Known): Known[] {
  return read.all<Known>(
    `SELECT ${COLUMNS} FROM debtor d WHERE d.searchName = ? AND ${LIVE} LIMIT ${MOST_WITH_ONE_VALUE}`,
    own.searchName,
    own.id,
  );
}

function sameOf(own: Known, other: Known): Reason[] {
  const same = (column: keyof Known) => own[column] !== null && own[column] === other[column];
  const sameName = own.searchName === other.searchName;
  const sameAddress =
    same('postalCode') && foldText(own.street ?? '') === foldText(other.street ?? '');
  return [
    ...(same('nationalId') ? (['nationalId'] as const) : []),
    ...(same('taxId') ? (['taxId'] as const) : []),
    ...(same('companyNumber') ? (['companyNumber'] as const) : []),
    ...(sameName && same('birthDate') ? (['nameAndBirthDate'] as const) : []),
    ...(sameName && sameAddress && own.street ? (['nameAndAddress'] as const) : []),
  ];
}

/**
 * Two folded names share a word of three letters or more: "kowalski jan" and "kowalski jan maria" are alike, a married
 * couple of one number is not told apart. A person looks at both before anything is merged.
 */
function areNamesAlike(one: string, other: string): boolean {
  const words = new Set(one.split(' ').filter((word) => word.length >= 3));
  return other.split(' ').some((word) => words.has(word));
}

/** Each further reason takes half of what is left to certainty. */
function likenessOf(reasons: ReadonlySet<Reason>): number {
  const [first = 0, ...others] = [...reasons]
    .map((reason) => WEIGHTS[reason])
    .sort((one, other) => other - one);
  return Math.round(others.reduce((sum) => sum + (100 - sum) / 2, first));
}
