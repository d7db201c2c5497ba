import type { Channel } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { toRulesJson } from '../door/override-rules.ts';
import type { OverrideTraces } from '../door/override-use.ts';
import type { ContactRequest, Decision, Refusal } from '../types.ts';
import { nextOverrideState, type OverrideEvent, type OverrideState } from './override-machine.ts';

/** The part of the door that overrides need, in the writer thread. */
export interface OverrideDoor {
  decide(read: ReadDb, request: ContactRequest, at: number): Decision;
}

/** The contact that an override is for. */
export interface OverrideTarget {
  debtorId: string;
  channel: Channel;
  contactPointId?: string | undefined;
}

type Written = { overrideId: string; debtorId: string };

interface OverrideRow {
  id: string;
  debtorId: string;
  contactPointId: string | null;
  channel: Channel;
  state: OverrideState;
  requestedBy: string | null;
}

const msPerMinute = 60_000;

/** Writes of overrides; the door is asked in the transaction that writes, so that what is granted still refuses. */
export function createOverrideWrites(door: OverrideDoor, traces: OverrideTraces) {
  return {
    'override.request': (db: WriteDb, context: WriteContext, input: RequestInput): Written =>
      request(door, db, context, input),
    'override.grant': (db: WriteDb, context: WriteContext, input: GrantInput): Written =>
      grant(door, traces, db, context, input),
    'override.refuse': (
      db: WriteDb,
      context: WriteContext,
      { overrideId, personId, reason }: EndInput & { reason: string | null },
    ): Written => {
      const row = requireOverride(db, overrideId);
      const decided = { decidedBy: personId, decidedAt: context.now, reason };
      return apply(db, context, row, 'refuse', personId, decided);
    },
    'override.withdraw': (
      db: WriteDb,
      context: WriteContext,
      { overrideId, personId, mayWithdrawAll }: EndInput & { mayWithdrawAll: boolean },
    ): Written => {
      const row = requireOverride(db, overrideId);
      if (!mayWithdrawAll && row.requestedBy !== personId) {
        throw new AppError('access.refused', 'somebody else asked for it');
      }
      return apply(db, context, row, 'withdraw', personId, {});
    },
  } satisfies WriteMap;
}
export type OverrideWrites = ReturnType<typeof createOverrideWrites>;

interface EndInput {
  overrideId: string;
  personId: string;
}
interface RequestInput extends OverrideTarget {
  reason: string;
  personId: string;
}

/** @throws AppError `contact-rules.not-refused`, `contact-rules.not-overridable`, `contract.not-found` */
function request(
  door: OverrideDoor,
  db: WriteDb,
  context: WriteContext,
  input: RequestInput,
): Written {
  const { debtorId, channel, contactPointId = null, personId, reason } = input;
  const rulesJson = toRulesJson(refusalsToLift(door, db, context, input));
  const asked = db.get<{ id: string }>(
    `SELECT id FROM contactOverride WHERE debtorId = ? AND state = 'requested' AND channel = ?
       AND contactPointId IS ? AND requestedBy = ? AND deletedAt IS NULL`,
    debtorId,
    channel,
    contactPointId,
    personId,
  );
  // asking twice for the same is one question, with the newest words
  if (asked) {
    db.update('contactOverride', asked.id, { rulesJson, requestReason: reason });
    return { overrideId: asked.id, debtorId };
  }
  const overrideId = context.newId();
  db.insert('contactOverride', {
    id: overrideId,
    debtorId,
    contactPointId,
    channel,
    rulesJson,
    state: 'requested',
    requestedBy: personId,
    requestedAt: context.now,
    requestReason: reason,
  });
  audit(db, context, 'override.requested', personId, { overrideId, debtorId, channel });
  return { overrideId, debtorId };
}

interface GrantInput {
  /** null: nobody asked */
  overrideId: string | null;
  target: OverrideTarget | null;
  reason: string;
  forMinutes: number;
  personId: string;
}

/** @throws AppError as `request`; `contact-rules.own-override`, `work.already-ended`, `contract.bad-input` */
function grant(
  door: OverrideDoor,
  traces: OverrideTraces,
  db: WriteDb,
  context: WriteContext,
  { overrideId, target, reason, forMinutes, personId }: GrantInput,
): Written {
  const row = overrideId === null ? unasked(db, context, target) : requireOverride(db, overrideId);
  if (row.requestedBy === personId || askedFor(db, row, personId)) {
    throw new AppError('contact-rules.own-override', 'nobody grants what they asked for');
  }
  const state = nextOverrideState(row.state, 'grant');
  const { debtorId, channel, contactPointId } = row;
  const lifted = refusalsToLift(door, db, context, {
    debtorId,
    channel,
    contactPointId: contactPointId ?? undefined,
  });
  db.update('contactOverride', row.id, {
    state,
    rulesJson: toRulesJson(lifted),
    decidedBy: personId,
    decidedAt: context.now,
    reason,
    expiresAt: context.now + forMinutes * msPerMinute,
  });
  const rules = lifted.map(({ pack, rule }) => `${pack} ${rule}`);
  const details = { overrideId: row.id, debtorId, channel, rules, forMinutes };
  audit(db, context, 'override.granted', personId, details);
  traces.granted(db, context, { debtorId, contactPointId, channel, personId, reason });
  return { overrideId: row.id, debtorId };
}

/** Whether this person has an open request that reaches the same contact: granting beside it would be granting it. */
function askedFor(
  db: ReadDb,
  { debtorId, channel, contactPointId }: OverrideRow,
  personId: string,
): boolean {
  const open = db.get(
    `SELECT 1 FROM contactOverride WHERE debtorId = ? AND state = 'requested' AND channel = ? AND requestedBy = ?
       AND (contactPointId IS NULL OR contactPointId = coalesce(?, contactPointId)) AND deletedAt IS NULL`,
    debtorId,
    channel,
    personId,
    contactPointId,
  );
  return open !== undefined;
}

/** A row for what nobody asked for: the supervisor sees the need. */
function unasked(db: WriteDb, context: WriteContext, target: OverrideTarget | null): OverrideRow {
  if (target === null) throw new AppError('contract.bad-input', 'for which debtor and channel?');
  const { debtorId, channel, contactPointId = null } = target;
  const row = { id: context.newId(), debtorId, channel, contactPointId, requestedBy: null };
  const state: OverrideState = 'requested';
  db.insert('contactOverride', { ...row, state, rulesJson: '[]', requestedAt: context.now });
  return { ...row, state };
}

/** What refuses the contact now; all of it must admit an override. */
function refusalsToLift(
  door: OverrideDoor,
  db: WriteDb,
  context: WriteContext,
  { debtorId, channel, contactPointId }: OverrideTarget,
): Refusal[] {
  const decision = door.decide(
    db,
    {
      debtorId,
      channel,
      ...(contactPointId === undefined ? {} : { contactPointId }),
      mode: 'manual',
      purpose: 'collection',
      target: 'debtor',
    },
    context.now,
  );
  const { allowed, overridable, blockedBy } = decision;
  if (blockedBy.some(({ because }) => because === 'debtor-unknown')) {
    throw new AppError('contract.not-found', 'no such debtor');
  }
  if (allowed) throw new AppError('contact-rules.not-refused', 'the rules allow this contact now');
  if (!overridable) {
    const rules = blockedBy.filter((one) => !one.overridable).map(({ rule }) => rule);
    throw new AppError('contact-rules.not-overridable', 'a rule that refuses admits no override', {
      details: { rules },
    });
  }
  return blockedBy;
}

function apply(
  db: WriteDb,
  context: WriteContext,
  { id, debtorId, state }: OverrideRow,
  event: OverrideEvent,
  personId: string,
  columns: Readonly<Record<string, unknown>>,
): Written {
  const next = nextOverrideState(state, event);
  db.update('contactOverride', id, { state: next, ...columns });
  audit(db, context, `override.${next}`, personId, { overrideId: id, debtorId });
  return { overrideId: id, debtorId };
}

function audit(
  db: WriteDb,
  context: WriteContext,
  action: string,
  personId: string,
  details: Record<string, unknown>,
): void {
  insertAuditEntry(db, context, { action, personId, details });
}

/** @throws AppError `contract.not-found` */
function requireOverride(db: ReadDb, id: string): OverrideRow {
  const row = db.get<OverrideRow>(
    `SELECT id, debtorId, contactPointId, channel, state, requestedBy FROM contactOverride
     WHERE id = ? AND deletedAt IS NULL`,
    id,
  );
  if (!row) throw new AppError('contract.not-found', 'no such override');
  return row;
}
