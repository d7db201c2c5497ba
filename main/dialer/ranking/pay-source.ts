import type { ReadDb } from '../../store/types.ts';
import { payScores } from '../score/index.ts';

/** The model of who is likely to pay that is in use. */
export function payModelOf(read: ReadDb): string | null {
  const sql = 'SELECT id FROM payScoreModel ORDER BY at DESC, id DESC LIMIT 1';
  return read.get<{ id: string }>(sql)?.id ?? null;
}

/** What the thread of lists knows of who is likely to pay. */
export const paySource = { model: payModelOf, scores: payScores };
