import type { InboxItem } from '#shared/contract/index.ts';
import { TextBudget } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { readOptOut } from './list-threads.ts';
import type { ThreadRow } from './thread-rows.ts';

type Item = Unbranded<InboxItem>;

interface Head {
  interactionId: string;
  direction: 'in' | 'out';
  channel: Item['channel'];
  at: number;
  peer: string | null;
  agentName: string | null;
  reason: string | null;
}

/** Messages of a debtor both ways, and calls of theirs that nobody took. */
const OF_DEBTOR = `SELECT i.id AS interactionId, i.direction, i.channel, i.at, i.peer, p.displayName AS agentName, m.reason
  FROM interaction i LEFT JOIN person p ON p.id = i.personId
    LEFT JOIN missedInbound m ON i.channel = 'call' AND i.direction = 'in' AND m.interactionId = i.id
  WHERE i.debtorId = ? AND i.at < ? AND (i.channel IN ('sms', 'mms', 'email')
    OR (i.channel = 'call' AND i.direction = 'in' AND m.id IS NOT NULL))
  ORDER BY i.at DESC, i.id DESC LIMIT ?`;
/** Those of a number or address that is nobody's. */
const OF_PEER = `SELECT b.interactionId, 'in' AS direction, b.channel, b.at, b.fromAddress AS peer, NULL AS agentName,
    NULL AS reason FROM inboundMessage b WHERE b.threadId = ? AND b.at < ?
  UNION ALL
  SELECT m.interactionId, 'in', 'call', m.at, m.number, NULL, m.reason FROM missedInbound m
  WHERE m.number = ? AND m.debtorId IS NULL AND m.resolvedAt IS NULL AND m.at < ?
  ORDER BY 4 DESC LIMIT ?`;

/**
 * A stretch of a thread, oldest first; of one instant nothing is left out, so that the next page can begin before it.
 * @param before epoch ms; null: up to the newest
 */
export function loadItems(
  read: ReadDb,
  thread: ThreadRow,
  { before, limit }: { before: number | null; limit: number },
): { items: Item[]; more: boolean } {
  const until = before ?? Number.MAX_SAFE_INTEGER;
  const load = (to: number, most: number) =>
    thread.debtorId === null
      ? read.all<Head>(OF_PEER, thread.id, to, thread.peer ?? '', to, most)
      : read.all<Head>(OF_DEBTOR, thread.debtorId, to, most);
  const heads = load(until, limit + 1);
  const page = heads.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || heads.length <= limit) {
    return { items: completeItems(read, page), more: false };
  }
  if (heads[limit]?.at === last.at) {
    const known = new Set(page.map(({ interactionId }) => interactionId));
    const ties = load(last.at + 1, 1_000).filter(
      ({ at, interactionId }) => at === last.at && !known.has(interactionId),
    );
    page.push(...ties);
  }
  return { items: completeItems(read, page), more: load(last.at, 1).length > 0 };
}

interface InboundFacts {
  automatic: number;
  optOutJson: string | null;
}

interface SentFacts {
  messageId: string;
  state: Item['state'];
  hint: number;
  reason: string | null;
}

function completeItems(read: ReadDb, heads: readonly Head[]): Item[] {
  const ids = JSON.stringify(heads.map(({ interactionId }) => interactionId));
  const texts = textsOf(read, ids);
  const files = filesOf(read, ids);
  const inbound = new Map(
    read
      .all<InboundFacts & { interactionId: string }>(
        `SELECT b.interactionId, b.automatic, b.optOutJson FROM json_each(?) j
         CROSS JOIN inboundMessage b ON b.interactionId = j.value`,
        ids,
      )
      .map((row) => [row.interactionId, row]),
  );
  const sent = new Map(
    read
      .all<SentFacts & { interactionId: string }>(
        `SELECT m.interactionId, m.id AS messageId, m.state, m.hint, m.reason FROM json_each(?) j
         CROSS JOIN message m ON m.interactionId = j.value`,
        ids,
      )
      .map((row) => [row.interactionId, row]),
  );
  return [...heads].reverse().map(({ interactionId, peer, ...head }): Item => {
    const ours = sent.get(interactionId);
    const theirs = inbound.get(interactionId);
    const words = texts.get(interactionId);
    return {
      ...head,
      interactionId,
      from: head.direction === 'in' ? peer : null,
      subject: words?.get('subject') ?? null,
      text: words?.get('body') ?? null,
      html: words?.get('html') ?? null,
      attachments: files.get(interactionId) ?? [],
      messageId: ours?.messageId ?? null,
      state: ours?.state ?? null,
      hint: ours?.hint === 1,
      reason: ours?.reason ?? head.reason,
      automatic: theirs?.automatic === 1,
      optOut: readOptOut(theirs?.optOutJson ?? null),
    };
  });
}

function textsOf(read: ReadDb, ids: string): Map<string, Map<string, string>> {
  const rows = read.all<{ interactionId: string; kind: string; text: string }>(
    `SELECT interactionId, kind, text FROM interactionContent
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND erasedAt IS NULL AND text IS NOT NULL ORDER BY id`,
    ids,
  );
  const budget = new TextBudget();
  const texts = new Map<string, Map<string, string>>();
  // the newest first, and words before how they look
  const inOrder = [
    ...rows.filter(({ kind }) => kind !== 'html').reverse(),
    ...rows.filter(({ kind }) => kind === 'html').reverse(),
  ];
  for (const { interactionId, kind, text: whole } of inOrder) {
    const text = kind === 'html' ? budget.whole(whole) : budget.beginning(whole);
    if (text === null) continue;
    const known = texts.get(interactionId) ?? new Map<string, string>();
    if (!known.has(kind)) known.set(kind, text);
    texts.set(interactionId, known);
  }
  return texts;
}

/** Files that came, and those of ours. */
function filesOf(read: ReadDb, ids: string): Map<string, Item['attachments']> {
  const rows = read.all<Item['attachments'][number] & { interactionId: string }>(
    `SELECT d.interactionId, d.id AS documentId, d.name, d.mediaType, d.bytes FROM document d
     WHERE d.interactionId IN (SELECT value FROM json_each(?)) AND d.deletedAt IS NULL AND d.erasedAt IS NULL
     UNION
     SELECT m.interactionId, a.documentId, a.name, a.mediaType, a.bytes FROM json_each(?) j
       CROSS JOIN message m ON m.interactionId = j.value JOIN messageAttachment a ON a.messageId = m.id
       JOIN document d ON d.id = a.documentId AND d.deletedAt IS NULL AND d.erasedAt IS NULL`,
    ids,
    ids,
  );
  const files = new Map<string, Item['attachments']>();
  for (const { interactionId, ...file } of rows) {
    const known = files.get(interactionId);
    if (known) known.push(file);
    else files.set(interactionId, [file]);
  }
  return files;
}
