import type { WriteContext, WriteDb } from './types.ts';

/** The agent's verdicts that every new store starts with; a firm changes them later. */
export const defaultDispositions = [
  { code: 'paid', key: '1', effect: 'done' },
  { code: 'promise', key: '2', effect: 'promise' },
  { code: 'refuses', key: '3', effect: 'retry' },
  { code: 'wrongNumber', key: '4', effect: 'wrongNumber' },
  { code: 'callback', key: '5', effect: 'callback' },
  { code: 'thirdParty', key: '6', effect: 'retry' },
  { code: 'dispute', key: '7', effect: 'done' },
  { code: 'noAnswerVoicemail', key: '8', effect: 'retry' },
  { code: 'doNotCall', key: '9', effect: 'doNotCall' },
  { code: 'other', key: null, effect: 'retry' },
] as const;

/** Fills a new store, in the transaction that creates it. */
export function seedStore(db: WriteDb, context: WriteContext): void {
  for (const [index, disposition] of defaultDispositions.entries()) {
    db.insert('dispositionCode', {
      id: context.newId(),
      ...disposition,
      active: true,
      position: index + 1,
    });
  }
}
