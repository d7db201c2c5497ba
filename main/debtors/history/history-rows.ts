import type { Interaction } from '#shared/contract/index.ts';
import { TextBudget } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { loadAttachments } from './history-attachments.ts';
import { loadRecordings } from './history-recordings.ts';
import type { InteractionEventData } from './interaction-writes.ts';

/** What the contract calls an interaction, before ids are branded. */
export type HistoryItem = Unbranded<Interaction>;

export interface HistoryHead {
  id: string;
  channel: Interaction['channel'];
  direction: Interaction['direction'];
  at: number;
  personId: string | null;
  agentName: string | null;
  campaignId: string | null;
  campaignName: string | null;
  callId: string | null;
  peer: string | null;
  contactPointId: string | null;
  debtId: string | null;
  importJobId: string | null;
}

export const selectHistoryHead = `
  SELECT i.id, i.channel, i.direction, i.at, i.personId, p.displayName AS agentName, i.campaignId,
    c.name AS campaignName, i.callId, i.peer, i.contactPointId, i.debtId, i.importJobId
  FROM interaction i
  LEFT JOIN person p ON p.id = i.personId
  LEFT JOIN campaign c ON c.id = i.campaignId`;

/** Adds to a page of heads what lies in other tables: one statement for each, not one for each row. */
export function completeHistory(read: ReadDb, heads: readonly HistoryHead[]): HistoryItem[] {
  const ids = JSON.stringify(heads.map((head) => head.id));
  const events = loadEvents(read, ids);
  const texts = loadTexts(read, ids);
  const promises = loadPromises(read, ids);
  const recordings = loadRecordings(read, ids, heads);
  const attachments = loadAttachments(read, ids);
  return heads.map((head) => {
    const facts = events.get(head.id);
    const recording = recordings.get(head.id) ?? null;
    const { id, callId: _callId, importJobId, ...columns } = head;
    return {
      ...columns,
      interactionId: id,
      personId: head.personId ?? facts?.joinedBy?.personId ?? null,
      agentName: head.agentName ?? facts?.joinedBy?.agentName ?? null,
      attemptResult: facts?.ended?.attemptResult ?? null,
      talkTimeMs: facts?.ended?.talkTimeMs ?? null,
      dispositionCode: facts?.disposed?.dispositionCode ?? null,
      text: texts.get(id)?.text ?? null,
      subject: texts.get(id)?.subject ?? null,
      recordingId: recording?.recordingId ?? null,
      promise: promises.get(id) ?? null,
      recording,
      delivery: facts?.delivery ?? null,
      attachments: attachments.get(id) ?? [],
      happened: facts?.happened ?? null,
      ...(importJobId === null ? {} : { imported: true }),
    };
  });
}

interface Facts {
  joinedBy?: { personId: string | null; agentName: string | null };
  ended?: InteractionEventData['callEnded'];
  disposed?: InteractionEventData['disposed'];
  delivery?: NonNullable<HistoryItem['delivery']>;
  /** the event that `delivery` is from */
  deliveryId?: string;
  happened?: NonNullable<HistoryItem['happened']>;
}

/** In order of time, so that the newest of each kind stands. */
function loadEvents(read: ReadDb, ids: string): Map<string, Facts> {
  const rows = read.all<EventRow & { interactionId: string }>(
    `SELECT e.id, e.interactionId, e.at, e.kind, e.personId, p.displayName AS agentName, e.dataJson
     FROM interactionEvent e LEFT JOIN person p ON p.id = e.personId
     WHERE e.interactionId IN (SELECT value FROM json_each(?))
     ORDER BY e.at, e.id`,
    ids,
  );
  const facts = new Map<string, Facts>();
  for (const row of rows) {
    const known = facts.get(row.interactionId) ?? {};
    facts.set(row.interactionId, known);
    addFact(known, row);
  }
  return facts;
}

interface EventRow {
  id: string;
  at: number;
  kind: string;
  personId: string | null;
  agentName: string | null;
  dataJson: string;
}

function addFact(known: Facts, row: EventRow): void {
  switch (row.kind) {
    case 'joined':
      known.joinedBy = row;
      return;
    case 'callEnded':
      known.ended = JSON.parse(row.dataJson);
      return;
    case 'disposed':
      known.disposed = JSON.parse(row.dataJson);
      return;
    case 'happened':
      known.happened = JSON.parse(row.dataJson);
      return;
    case 'permitted':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'failed':
    case 'expired':
    case 'unknown':
      addDelivery(known, row, row.kind);
      return;
    default:
      // events of kinds that the history does not show
      return;
  }
}

/** The last that was written stands: clocks of providers are not ours, so instants do not tell the order. */
function addDelivery(
  known: Facts,
  { id, at, dataJson }: EventRow,
  state: NonNullable<HistoryItem['delivery']>['state'],
): void {
  if (known.deliveryId !== undefined && known.deliveryId > id) return;
  const { hint, reason } = JSON.parse(dataJson) as { hint?: unknown; reason?: unknown };
  known.deliveryId = id;
  known.delivery = {
    ...{ state, at },
    ...(hint === true ? { hint } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

interface Texts {
  text?: string;
  subject?: string;
}

/** Notes and bodies; the HTML of an e-mail is shown where it can be shown safely. */
function loadTexts(read: ReadDb, ids: string): Map<string, Texts> {
  const rows = read.all<{ interactionId: string; kind: string; text: string }>(
    `SELECT interactionId, kind, text FROM interactionContent
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND kind <> 'html' AND erasedAt IS NULL
       AND text IS NOT NULL ORDER BY id`,
    ids,
  );
  const budget = new TextBudget();
  // the newest are shown whole
  const shown = rows
    .reverse()
    .map((row) => ({ ...row, text: budget.beginning(row.text) }))
    .reverse();
  const texts = new Map<string, Texts>();
  for (const { interactionId, kind, text } of shown) {
    const known = texts.get(interactionId) ?? {};
    if (kind === 'subject') known.subject = text;
    else known.text = known.text === undefined ? text : `${known.text}\n${text}`;
    texts.set(interactionId, known);
  }
  return texts;
}

function loadPromises(read: ReadDb, ids: string) {
  const rows = read.all<{
    interactionId: string;
    amountMinor: number;
    currency: string;
    dueOn: string;
  }>(
    `SELECT interactionId, amountMinor, currency, dueOn FROM promiseToPay
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL ORDER BY id`,
    ids,
  );
  return new Map(rows.map(({ interactionId, ...promise }) => [interactionId, promise]));
}
