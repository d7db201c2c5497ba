import type { Channel, Direction } from '#shared/domain/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { addDays } from '../ledger/calendar-date.ts';
import { zoneMidnight } from '../work/zoned-time.ts';

export interface HistoryQuery {
  debtorId: string;
  /** the last one known: what is older follows */
  before?: string | undefined;
  limit: number;
  channels?: readonly Channel[] | undefined;
  /** in texts, numbers and names of agents; without case and diacritics */
  search?: string | undefined;
  direction?: Direction | undefined;
  /** who did it, or joined it */
  personId?: string | undefined;
  campaignId?: string | undefined;
  debtId?: string | undefined;
  /** first and last day, where the debtor lives */
  from?: string | undefined;
  to?: string | undefined;
  withRecording?: boolean | undefined;
}

/** One condition with its values; the texts are constant, so that statements are kept. */
export type Condition = readonly [sql: string, ...params: unknown[]];

/** What a query of the history asks of `interaction i` and `person p`. */
export function conditionsOf(db: ReadDb, query: HistoryQuery): Condition[] {
  const term = foldText(query.search ?? '');
  return [
    ['i.debtorId = ?', query.debtorId],
    ...given(query.channels, (channels) => [
      'i.channel IN (SELECT value FROM json_each(?))',
      JSON.stringify(channels),
    ]),
    ...given(query.direction, (direction) => ['i.direction = ?', direction]),
    ...given(query.campaignId, (campaignId) => ['i.campaignId = ?', campaignId]),
    ...given(query.debtId, (debtId) => ['i.debtId = ?', debtId]),
    ...given(query.personId, (personId) => [DONE_BY, personId, personId]),
    ...days(db, query),
    ...(query.withRecording === true ? [[RECORDED] as const] : []),
    ...(term === '' ? [] : [[MATCHES, term, compactNumber(term), term, term] as const]),
  ];
}

function given<Value>(value: Value | undefined, toCondition: (value: Value) => Condition) {
  return value === undefined ? [] : [toCondition(value)];
}

function days(db: ReadDb, { debtorId, from, to }: HistoryQuery): Condition[] {
  if (from === undefined && to === undefined) return [];
  const row = db.get<{ timeZonesJson: string }>(
    'SELECT timeZonesJson FROM debtor WHERE id = ?',
    debtorId,
  );
  const zone = (JSON.parse(row?.timeZonesJson ?? '[]') as string[])[0] ?? 'UTC';
  return [
    ...given(from, (day) => ['i.at >= ?', zoneMidnight(day, zone)]),
    ...given(to, (day) => ['i.at < ?', zoneMidnight(addDays(day, 1), zone)]),
  ];
}

const DONE_BY = `(i.personId = ? OR EXISTS (SELECT 1 FROM interactionEvent e
  WHERE e.interactionId = i.id AND e.personId = ?))`;

/** Recordings belong to a call or to an interaction; each has an index. */
const RECORDED = `(EXISTS (SELECT 1 FROM recording r WHERE r.interactionId = i.id
    AND r.state IN ('recording', 'complete', 'recovered'))
  OR (i.callId IS NOT NULL AND EXISTS (SELECT 1 FROM recording r WHERE r.callId = i.callId
    AND r.state IN ('recording', 'complete', 'recovered'))))`;

const MATCHES = `(
  EXISTS (SELECT 1 FROM interactionContent t
    WHERE t.interactionId = i.id AND t.erasedAt IS NULL AND t.kind <> 'html' AND instr(fold_text(t.text), ?) > 0)
  OR instr(fold_text(i.peer), ?) > 0
  OR instr(fold_text(p.displayName), ?) > 0
  OR EXISTS (SELECT 1 FROM interactionEvent e JOIN person a ON a.id = e.personId
    WHERE e.interactionId = i.id AND instr(fold_text(a.displayName), ?) > 0))`;

/** "501 234-567" as it stands in an E.164 number; other text as it is. */
function compactNumber(term: string): string {
  return /^[+\d\s()./-]+$/.test(term) ? term.replace(/[\s()./-]/g, '') : term;
}
