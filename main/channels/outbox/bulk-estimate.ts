import type { Purpose } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { countSms } from '#shared/util/sms-text.ts';
import type { ContactRules, Decision } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { FilledMessage, MessageTexts } from '../ports.ts';
import type { MessageChannel } from '../types.ts';
import { contactRequest } from './contact-request.ts';
import { refusalOf } from './fill-due.ts';
import { debtOf } from './recipients.ts';

export interface EstimateParts {
  read: ReadDb;
  clock: Clock;
  rules: Pick<ContactRules, 'decideMany'>;
  texts: MessageTexts;
}

export interface EstimateAsked {
  debtorIds: readonly string[];
  channel: MessageChannel;
  templateId: string;
  templateVersion: number;
  purpose: Purpose;
  /** messages a second, at most */
  perSecond: number;
  /** when it begins, epoch ms: rules are asked as of then, or now when that is over */
  dueAt: number;
  /** what may not leave before is given up */
  expiresAt: number;
}

const MOST_LOOKED_AT = 2_000;
const AT_ONCE = 20;

interface Tally {
  /** merged into another one, or gone, since the scope was read: nobody writes to them, and none is told as left out */
  gone: number;
  allowedNow: number;
  allowedLater: number;
  noAddress: number;
  missingFields: number;
  refused: number;
  parts: number;
}

/**
 * What a message to these debtors would be; of many a sample is looked at, evenly spread, and scaled up. Each is asked about
 * alone and as of the instant at which it begins: the rules are asked again when it is handed over, where what happened
 * meanwhile counts, also another message of the same bulk to somebody who has several records.
 */
export async function estimate(parts: EstimateParts, asked: EstimateAsked) {
  const { debtorIds, channel, perSecond } = asked;
  const sample = sampleOf(debtorIds);
  const tally: Tally = {
    gone: 0,
    allowedNow: 0,
    allowedLater: 0,
    noAddress: 0,
    missingFields: 0,
    refused: 0,
    parts: 0,
  };
  for (let from = 0; from < sample.length; from += AT_ONCE) {
    lookAt(parts, asked, sample.slice(from, from + AT_ONCE), tally);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const scale = sample.length === 0 ? 0 : debtorIds.length / sample.length;
  const scaled = (count: number) => Math.round(count * scale);
  return {
    debtors: debtorIds.length - scaled(tally.gone),
    allowedNow: scaled(tally.allowedNow),
    allowedLater: scaled(tally.allowedLater),
    noAddress: scaled(tally.noAddress),
    missingFields: scaled(tally.missingFields),
    refused: scaled(tally.refused),
    parts: channel === 'sms' ? scaled(tally.parts) : null,
    seconds: Math.ceil(scaled(tally.allowedNow + tally.allowedLater) / perSecond),
    sampled: sample.length < debtorIds.length,
  };
}

function sampleOf(ids: readonly string[]): string[] {
  if (ids.length <= MOST_LOOKED_AT) return [...ids];
  const step = ids.length / MOST_LOOKED_AT;
  return Array.from({ length: MOST_LOOKED_AT }, (_, index) => ids[Math.floor(index * step)] ?? '');
}

function lookAt(
  { read, clock, rules, texts }: EstimateParts,
  asked: EstimateAsked,
  wanted: readonly string[],
  tally: Tally,
): void {
  const { channel, templateId, templateVersion, purpose } = asked;
  const at = Math.max(clock.now(), asked.dueAt);
  const debtorIds = stillThere(read, wanted);
  tally.gone += wanted.length - debtorIds.length;
  const points = debtorIds.map((debtorId) => firstAddress(read, debtorId, channel));
  const reached = debtorIds.flatMap((debtorId, index) => {
    const point = points[index];
    return point == null ? [] : [{ debtorId, ...point }];
  });
  tally.noAddress += debtorIds.length - reached.length;
  const decisions = rules.decideMany(
    read,
    reached.map(({ debtorId, id, value }) =>
      contactRequest({
        debtorId,
        debtId: debtOf(read, debtorId, undefined),
        contactPointId: id,
        toAddress: value,
        channel,
        purpose,
        // of a list: no override of somebody's is used
        bulkId: '',
        personId: null,
      }),
    ),
    at,
  );
  const filled = texts.fillMany(
    read,
    reached.map(({ debtorId }) => ({
      debtorId,
      channel,
      templateId,
      templateVersion,
      language: null,
      text: null,
      subject: null,
      debtIds: null,
      paymentPlanId: null,
      agentName: null,
      documentLink: 'https://example.invalid/d/0123456789abcdef0123456789abcdef',
    })),
    at,
  );
  reached.forEach((_one, index) => {
    const text = filled[index];
    const decision = decisions[index];
    if (text === undefined || decision === undefined) return;
    const refusal = refusalOf(text);
    if (refusal !== null || !text.ok) countRefusal(tally, refusal?.reason ?? '');
    else countAllowed(tally, decision, text, asked);
  });
}

function countRefusal(tally: Tally, reason: string): void {
  if (reason === 'message.missing-fields') tally.missingFields += 1;
  else tally.refused += 1;
}

function countAllowed(
  tally: Tally,
  { allowed, nextAllowedAt }: Decision,
  { text }: FilledMessage,
  { channel, expiresAt }: EstimateAsked,
): void {
  if (!allowed && (nextAllowedAt === null || nextAllowedAt >= expiresAt)) {
    tally.refused += 1;
    return;
  }
  if (allowed) tally.allowedNow += 1;
  else tally.allowedLater += 1;
  if (channel === 'sms') tally.parts += countSms(text).parts;
}

/** As they are put down: in their order, without those that were merged or removed. */
function stillThere(read: ReadDb, debtorIds: readonly string[]): string[] {
  const rows = read.all<{ id: string }>(
    `SELECT d.id FROM json_each(?) AS asked JOIN debtor d ON d.id = asked.value
     WHERE d.deletedAt IS NULL AND d.mergedInto IS NULL`,
    JSON.stringify(debtorIds),
  );
  const there = new Set(rows.map(({ id }) => id));
  return debtorIds.filter((id) => there.has(id));
}

function firstAddress(
  read: ReadDb,
  debtorId: string,
  channel: MessageChannel,
): { id: string; value: string } | null {
  const row = read.get<{ id: string; value: string }>(
    `SELECT id, value FROM contactPoint
     WHERE debtorId = ? AND kind = ? AND status = 'active' AND deletedAt IS NULL
     ORDER BY "rank", createdAt, id LIMIT 1`,
    debtorId,
    channel === 'email' ? 'email' : 'mobile',
  );
  return row ?? null;
}
