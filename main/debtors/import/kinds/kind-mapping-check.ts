import type { ImportField, ImportMapping } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { OtherKind } from './kind-records.ts';

const REFERENCE: readonly ImportField[] = ['reference', 'debtRef', 'debtorRef'];

/** Of each list one field is needed, or no record could be stored. */
const NEEDED: Readonly<Record<OtherKind, Readonly<Record<string, readonly ImportField[]>>>> = {
  payments: {
    reference: [...REFERENCE, 'title', 'payer'],
    amount: ['amount'],
    paidOn: ['paidOn'],
  },
  bankStatement: { amount: ['amount', 'creditAmount'], paidOn: ['paidOn'] },
  agencyHistory: { reference: REFERENCE, at: ['at'], text: ['text', 'result'] },
  doNotCall: { phone: ['phone'] },
};

/** @throws AppError `import.mapping-incomplete` (details `missing`) */
export function assertKindMapping(kind: OtherKind, mapping: ImportMapping): void {
  // a statement in MT940 has no columns
  if (mapping.format === 'mt940') return;
  const missing = Object.entries(NEEDED[kind])
    .filter(([, fields]) => !fields.some((field) => mapping.columns.includes(field)))
    .map(([need]) => need);
  if (missing.length === 0) return;
  throw new AppError('import.mapping-incomplete', `no column holds: ${missing.join(', ')}`, {
    details: { missing },
  });
}
