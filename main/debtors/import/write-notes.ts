import type { ChunkDebtor, ChunkParts } from './write-records.ts';

const SELECT_NOTES = `SELECT c.text FROM interaction i JOIN interactionContent c ON c.interactionId = i.id
  WHERE i.debtorId = ? AND i.channel = 'note' AND c.text = ? LIMIT 1`;

/** Notes of a chunk, each text once for a debtor. */
export class NoteWriter {
  readonly #parts: ChunkParts;

  constructor(parts: ChunkParts) {
    this.#parts = parts;
  }

  /** @returns whether it is new */
  write(debtor: ChunkDebtor, text: string): boolean {
    if (debtor.notes.has(text)) return false;
    debtor.notes.add(text);
    const { db, context, job } = this.#parts;
    if (!debtor.isNew && db.get(SELECT_NOTES, debtor.id, text)) return false;
    const interactionId = context.newId();
    db.insert('interaction', {
      id: interactionId,
      debtorId: debtor.id,
      channel: 'note',
      direction: 'in',
      at: context.now,
      synthetic: job.synthetic,
      importJobId: job.importJobId,
    });
    db.insert('interactionContent', { id: context.newId(), interactionId, kind: 'note', text });
    return true;
  }
}
