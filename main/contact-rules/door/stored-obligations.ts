import type { Channel } from '#shared/domain/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { Evaluation } from '../engine/index.ts';
import type { ContactRequest, Obligation } from '../types.ts';
import { toDecision } from './to-decision.ts';

/** What a contact owed by the decision that was stored for it; none when there is no such decision. */
export function storedObligations(read: ReadDb, decisionId: string): Obligation[] {
  const row = read.get<{ channel: Channel; mode: ContactRequest['mode']; resultJson: string }>(
    'SELECT channel, mode, resultJson FROM contactDecision WHERE id = ?',
    decisionId,
  );
  if (row === undefined) return [];
  const evaluation = JSON.parse(row.resultJson) as Evaluation;
  return toDecision(row, { evaluation, override: null }, decisionId).obligations;
}
