import type { CommandOutput } from '#shared/contract/index.ts';
import type { ContactChannel, RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { ContactRequest, Decision } from '../types.ts';
import { type FirmRules, readFirmRules } from './firm-rules.ts';
import { sampleDebtors } from './sample-debtors.ts';

/** The door's answers as they would be with other rules of the firm; nothing is stored or taken. */
export type DecideAsIf = (
  db: ReadDb,
  requests: readonly ContactRequest[],
  at: number,
  firm: FirmRules,
) => readonly Pick<Decision, 'allowed' | 'blockedBy'>[];

export interface PreviewParts {
  read: ReadDb;
  decideAsIf: DecideAsIf;
  /** lets the event loop turn: a preview holds nobody up */
  pause(): Promise<void>;
}

export interface PreviewInput {
  draft: RulePack;
  portfolioId: string | null;
  channel: ContactChannel;
  sample: number;
  /** epoch ms */
  at: number;
}

type Preview = CommandOutput<'rules.preview-draft'>;

/** asked between two pauses: some milliseconds of work */
const AT_ONCE = 20;

/**
 * What a draft would change for debtors of this store, were it in force: the version before it is left out.
 * @throws AppError `contact-rules.bad-pack` when rules in force cannot be read
 */
export async function previewDraft(parts: PreviewParts, input: PreviewInput): Promise<Preview> {
  const { read, decideAsIf, pause } = parts;
  const { draft, portfolioId, channel, sample, at } = input;
  const now = readFirmRules(read);
  const withDraft: FirmRules = {
    ...now,
    packs: [...now.packs.filter(({ id }) => id !== draft.id), draft],
  };
  const debtors = await sampleDebtors(read, portfolioId, sample, pause);
  const refused = new Map<string, number>(draft.rules.map(({ id }) => [id, 0]));
  const counts = { sampled: 0, allowedBefore: 0, allowedAfter: 0 };
  for (let first = 0; first < debtors.length; first += AT_ONCE) {
    const requests = debtors
      .slice(first, first + AT_ONCE)
      .map((debtorId) => requestFor(read, debtorId, channel));
    counts.sampled += requests.length;
    counts.allowedBefore += decideAsIf(read, requests, at, now).filter(isAllowed).length;
    await pause();
    const after = decideAsIf(read, requests, at, withDraft);
    counts.allowedAfter += after.filter(isAllowed).length;
    for (const { blockedBy } of after) countRules(refused, blockedBy, draft.id);
    await pause();
  }
  const byRule = [...refused].map(([rule, count]) => ({ rule, refused: count }));
  return { ...counts, byRule: byRule.sort((one, other) => other.refused - one.refused) };
}

function isAllowed({ allowed }: { allowed: boolean }): boolean {
  return allowed;
}

function countRules(
  refused: Map<string, number>,
  blockedBy: Decision['blockedBy'],
  packId: string,
): void {
  for (const { rule, pack } of blockedBy) {
    if (pack === packId) refused.set(rule, (refused.get(rule) ?? 0) + 1);
  }
}

const byTelephone: ReadonlySet<ContactChannel> = new Set(['call', 'voiceMessage', 'sms', 'mms']);

/** By the first number or address in use; without one the door says what is missing, before and after. */
function requestFor(db: ReadDb, debtorId: string, channel: ContactChannel): ContactRequest {
  const request: ContactRequest = {
    ...{ debtorId, channel, mode: 'manual', purpose: 'collection', target: 'debtor' },
  };
  if (byTelephone.has(channel)) {
    const point = firstPoint(db, debtorId, 'phone');
    return point ? { ...request, contactPointId: point.id, number: point.value } : request;
  }
  if (channel !== 'email' && channel !== 'chat') return request;
  const point = firstPoint(db, debtorId, channel === 'email' ? 'email' : 'messenger');
  return point ? { ...request, contactPointId: point.id } : request;
}

const FIRST_PHONE = `SELECT id, value FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL AND status = 'active'
  AND kind NOT IN ('email', 'messenger') ORDER BY "rank", id LIMIT 1`;
const FIRST_OF_KIND = `SELECT id, value FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL
  AND status = 'active' AND kind = ? ORDER BY "rank", id LIMIT 1`;

function firstPoint(
  db: ReadDb,
  debtorId: string,
  kind: 'phone' | 'email' | 'messenger',
): { id: string; value: string } | undefined {
  return kind === 'phone' ? db.get(FIRST_PHONE, debtorId) : db.get(FIRST_OF_KIND, debtorId, kind);
}
