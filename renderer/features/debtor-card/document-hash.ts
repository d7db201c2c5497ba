import { toHash } from '../../app/router.ts';

/** Where a document of a debtor is looked at. */
export function documentHash(debtorId: string, documentId: string): string {
  return toHash(`/debtor/${debtorId}/documents`, { document: documentId });
}
