import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { DocumentLinkRow } from './document-link.ts';

/** In the transaction that writes its message. */
export function insertDocumentLink(db: WriteDb, row: DocumentLinkRow): void {
  db.insert('documentLink', { ...row, openedAt: null, opens: 0 });
}

export const linkWrites = {
  /** Counts an opening by a person. `first`: nobody had opened it before. */
  'link.opened': (
    db: WriteDb,
    context: WriteContext,
    input: { linkId: string },
  ): { first: boolean } => {
    const row = db.get<{ opens: number }>(
      'SELECT opens FROM documentLink WHERE id = ?',
      input.linkId,
    );
    if (row === undefined) return { first: false };
    const first = row.opens === 0;
    db.update('documentLink', input.linkId, {
      opens: row.opens + 1,
      ...(first ? { openedAt: context.now } : {}),
    });
    return { first };
  },
};
