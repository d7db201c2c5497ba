import type { BulkAction } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { addInteractionContent, insertInteraction } from '../history/interaction-writes.ts';
import { shownFlag, storedFlag } from '../work/flag-kinds.ts';
import { leaveTrace } from '../work/leave-trace.ts';
import { insertNotice, sentAt } from '../work/notice-writes.ts';

type Action = Unbranded<BulkAction>;
type ActionOf<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

interface Target {
  db: WriteDb;
  context: WriteContext;
  debtorId: string;
  synthetic: boolean;
  /** where the debtor lives */
  zone: string;
  personId: string | null;
}

/**
 * One action for some debtors. Who is gone, or has it already, is passed over.
 * @returns for how many something was changed
 */
export function applyBulk(
  db: WriteDb,
  context: WriteContext,
  action: Action,
  debtorIds: readonly string[],
  personId: string | null,
): number {
  const apply = applierOf(db, action);
  let changed = 0;
  for (const debtorId of debtorIds) {
    const debtor = db.get<{ synthetic: number; timeZonesJson: string }>(
      'SELECT synthetic, timeZonesJson FROM debtor WHERE id = ? AND deletedAt IS NULL AND mergedInto IS NULL',
      debtorId,
    );
    if (!debtor) continue;
    const [zone = 'UTC'] = JSON.parse(debtor.timeZonesJson) as string[];
    const target = { db, context, debtorId, synthetic: debtor.synthetic === 1, zone, personId };
    if (apply(target)) changed += 1;
  }
  return changed;
}

/** @returns what does it for one debtor, and says whether it changed something */
function applierOf(db: WriteDb, action: Action): (target: Target) => boolean {
  switch (action.kind) {
    case 'addToCampaign': {
      const next = nextPosition(db, action.campaignId);
      return (target) => addToCampaign(target, action.campaignId, next);
    }
    case 'setHold':
      return (target) => setHold(target, action);
    case 'liftHold':
      return (target) => liftHold(target, action);
    case 'callback':
      return (target) => setCallback(target, action);
    case 'note':
      return (target) => addNote(target, action);
    case 'recordNotice':
      return (target) => recordNotice(target, action);
  }
}

function nextPosition(db: WriteDb, campaignId: string): { position: number } {
  const row = db.get<{ last: number | null }>(
    'SELECT max(position) AS last FROM contactListEntry WHERE campaignId = ?',
    campaignId,
  );
  return { position: (row?.last ?? -1) + 1 };
}

function addToCampaign(
  { db, context, debtorId }: Target,
  campaignId: string,
  next: { position: number },
): boolean {
  const known = db.get(
    'SELECT 1 FROM contactListEntry WHERE debtorId = ? AND campaignId = ? LIMIT 1',
    debtorId,
    campaignId,
  );
  if (known) return false;
  db.insert('contactListEntry', {
    id: context.newId(),
    campaignId,
    debtorId,
    status: 'pending',
    position: next.position,
    updatedAt: context.now,
  });
  next.position += 1;
  return true;
}

/** Of the debtor as a whole: not of one number, medium or debt. */
const HOLDS = `SELECT id, medium, contactPointId, debtId FROM hold WHERE debtorId = ? AND kind = ?
  AND liftedAt IS NULL AND deletedAt IS NULL AND ("until" IS NULL OR "until" > ?)`;

interface HoldRow {
  id: string;
  medium: string | null;
  contactPointId: string | null;
  debtId: string | null;
}

function setHold(
  { db, context, debtorId, personId }: Target,
  { hold, until, reason }: ActionOf<'setHold'>,
): boolean {
  const kind = storedFlag(hold);
  const known = db
    .all<HoldRow>(HOLDS, debtorId, kind, context.now)
    .some((row) => row.medium === null && row.contactPointId === null && row.debtId === null);
  if (known) return false;
  db.insert('hold', {
    id: context.newId(),
    debtorId,
    kind,
    since: context.now,
    until: until ?? null,
    reason: reason ?? null,
    personId,
  });
  leaveTrace(db, context, { debtorId, personId, what: 'flag.set', kind: hold, note: reason });
  return true;
}

function liftHold(
  { db, context, debtorId, personId }: Target,
  { hold }: ActionOf<'liftHold'>,
): boolean {
  const kind = storedFlag(hold);
  const rows = db.all<HoldRow>(HOLDS, debtorId, kind, context.now);
  for (const { id, debtId, contactPointId } of rows) {
    db.update('hold', id, { liftedAt: context.now });
    const of = { debtId, contactPointId };
    leaveTrace(db, context, {
      debtorId,
      personId,
      what: 'flag.lifted',
      kind: shownFlag(kind),
      ...of,
    });
  }
  return rows.length > 0;
}

function setCallback(
  { db, context, debtorId, personId }: Target,
  { at, personId: ownerId }: ActionOf<'callback'>,
): boolean {
  const known = db.get(
    "SELECT 1 FROM callback WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL",
    debtorId,
  );
  if (known) return false;
  const interactionId = leaveTrace(db, context, { debtorId, personId, what: 'callback.set', at });
  db.insert('callback', {
    id: context.newId(),
    debtorId,
    personId: ownerId ?? null,
    at,
    status: 'open',
    interactionId,
    createdAt: context.now,
  });
  waitInCampaigns(db, context, debtorId, at);
  return true;
}

/** A debtor who was told when we call is not called before by a campaign. */
function waitInCampaigns(db: WriteDb, context: WriteContext, debtorId: string, at: number): void {
  const entries = db.all<{ id: string }>(
    `SELECT id FROM contactListEntry WHERE debtorId = ? AND status IN ('pending', 'waiting') AND nextAt < ?`,
    debtorId,
    at,
  );
  for (const { id } of entries) {
    db.update('contactListEntry', id, { status: 'waiting', nextAt: at, updatedAt: context.now });
  }
}

const NOTICE = `SELECT 1 FROM noticeSent
  WHERE debtorId = ? AND notice = ? AND sentAt = ? AND debtId IS NULL AND deletedAt IS NULL`;

/** About all debts of the debtor, as one who sends to a whole portfolio means it. */
function recordNotice(
  { db, context, debtorId, zone, personId }: Target,
  { notice, sentOn, source }: ActionOf<'recordNotice'>,
): boolean {
  const at = sentAt(sentOn, zone, context.now);
  if (db.get(NOTICE, debtorId, notice, at) !== undefined) return false;
  insertNotice(db, context, { notice, sentOn, source }, { debtorId, debtId: null, personId, at });
  return true;
}

function addNote(target: Target, { text }: ActionOf<'note'>): boolean {
  const { db, context, debtorId, synthetic, personId } = target;
  const interactionId = insertInteraction(db, context, {
    debtorId,
    channel: 'note',
    direction: 'out',
    personId,
    synthetic,
  });
  addInteractionContent(db, context, interactionId, 'note', text);
  return true;
}
