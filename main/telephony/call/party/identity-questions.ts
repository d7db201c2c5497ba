import type { identityChecks, RulesSettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/types.ts';

export type IdentityCheck = (typeof identityChecks)[number];

export interface IdentityQuestions {
  /** so many must match */
  needed: number;
  /** in the order of the firm's setting; `expected` is plain text, of `birthDate` an ISO date */
  questions: { check: IdentityCheck; expected: string }[];
}

type Answers = Partial<Record<IdentityCheck, string | null>>;

/**
 * What to ask to know whether the debtor is on the line: of the checks of the firm's setting those whose answer is known.
 * Fewer than are needed: all of them, and always at least the name.
 */
export function identityQuestions(
  read: ReadDb,
  debtorId: string,
  setting: RulesSettings['identification'],
): IdentityQuestions {
  const debtor = loadDebtor(read, debtorId);
  if (debtor === undefined) return { needed: 0, questions: [] };
  const answers = answersOf(read, debtor);
  const asked = setting[debtor.kind].flatMap((check) => questionOf(answers, check));
  const questions =
    asked.length > 0
      ? asked
      : questionOf(answers, debtor.kind === 'company' ? 'companyName' : 'fullName');
  return { needed: Math.min(setting.needed, questions.length), questions };
}

/** Whether these answers, each counted once, are enough. */
export function isEnough(
  { needed, questions }: IdentityQuestions,
  checks: readonly string[],
): boolean {
  const matched = questions.filter(({ check }) => checks.includes(check)).length;
  return needed > 0 && matched >= needed;
}

function questionOf(answers: Answers, check: IdentityCheck): IdentityQuestions['questions'] {
  const expected = answers[check]?.trim() ?? '';
  return expected === '' ? [] : [{ check, expected }];
}

interface DebtorRow {
  id: string;
  kind: 'person' | 'company';
  externalRef: string;
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
  birthDate: string | null;
  nationalId: string | null;
  taxId: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
}

/** The debtor whom an id stands for: the one that was kept, where it was merged into another. */
function loadDebtor(read: ReadDb, debtorId: string): DebtorRow | undefined {
  return read.get<DebtorRow>(
    `WITH RECURSIVE kept (id, next) AS (
       SELECT id, mergedInto FROM debtor WHERE id = ?
       UNION SELECT d.id, d.mergedInto FROM debtor d JOIN kept ON d.id = kept.next)
     SELECT d.id, kind, externalRef, displayName, givenName, familyName, companyName, birthDate, nationalId, taxId,
       street, postalCode, city FROM debtor d JOIN kept ON kept.id = d.id WHERE kept.next IS NULL`,
    debtorId,
  );
}

const NATIONAL_ID_END = 4;

function answersOf(read: ReadDb, debtor: DebtorRow): Answers {
  const { displayName, companyName, birthDate, taxId, street, postalCode, city } = debtor;
  const personName = joined(' ', debtor.givenName, debtor.familyName);
  const isCompany = debtor.kind === 'company';
  return {
    fullName: isCompany ? personName : personName || displayName,
    companyName: isCompany ? (companyName ?? displayName) : companyName,
    birthDate,
    taxId,
    postalCode,
    address: street === null ? null : joined(', ', street, city),
    nationalIdEnd: endOf(debtor.nationalId),
    reference: referencesOf(read, debtor),
  };
}

/** An identifier of four characters has no end that proves less than the whole. */
function endOf(nationalId: string | null): string | null {
  const text = nationalId?.trim() ?? '';
  return text.length > NATIONAL_ID_END ? text.slice(-NATIONAL_ID_END) : null;
}

/** What stands on letters and contracts: the references of the open debts, else that of the file. */
function referencesOf(read: ReadDb, { id, externalRef }: DebtorRow): string {
  const rows = read.all<{ externalRef: string }>(
    `SELECT DISTINCT externalRef FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open'
      ORDER BY externalRef LIMIT 5`,
    id,
  );
  return joined(', ', ...rows.map((row) => row.externalRef)) || externalRef;
}

function joined(separator: string, ...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part.trim() !== '').join(separator);
}
