import type { DebtorCard } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

type Card = Unbranded<DebtorCard>;
type Planned = Card['planned'][number];

/**
 * What comes next for this debtor: agreed callbacks, open promises, the next instalment of each plan, the attempt of each
 * campaign, and messages that are to leave later. The next comes first; a date stands for the start of its day (UTC), and what may come at any time
 * stands last.
 */
export function loadPlanned(read: ReadDb, debtorId: string): Planned[] {
  const rows = read.all<Planned>(
    `SELECT 'callback' AS kind, b.at AS at, NULL AS "on", NULL AS amountMinor, NULL AS currency,
        p.displayName AS name FROM callback b LEFT JOIN person p ON p.id = b.personId
       WHERE b.debtorId = ? AND b.status = 'open' AND b.deletedAt IS NULL
     UNION ALL
     SELECT 'promise', NULL, dueOn, amountMinor, currency, NULL FROM promiseToPay
       WHERE debtorId = ? AND status = 'open' AND deletedAt IS NULL
     UNION ALL
     SELECT 'instalment', NULL, min(i.dueOn), i.amountMinor - i.paidMinor, n.currency, NULL
       FROM paymentPlan n JOIN instalment i ON i.paymentPlanId = n.id AND i.status IN ('open', 'late')
         AND i.deletedAt IS NULL
       WHERE n.debtorId = ? AND n.status = 'active' AND n.deletedAt IS NULL GROUP BY n.id
     UNION ALL
     SELECT 'attempt', nullif(max(e.nextAt, e.blockedUntil), 0), NULL, NULL, NULL, c.name FROM contactListEntry e
       JOIN campaign c ON c.id = e.campaignId AND c.deletedAt IS NULL
       -- whom the rules refuse without a date nobody plans to call
       WHERE e.debtorId = ? AND e.status IN ('pending', 'waiting') AND e.blockedUntil < 8640000000000000
     UNION ALL
     SELECT 'message', m.dueAt, NULL, NULL, NULL, t.name FROM message m LEFT JOIN template t ON t.id = m.templateId
       WHERE m.debtorId = ? AND m.state = 'queued' AND m.dueAt > m.queuedAt`,
    debtorId,
    debtorId,
    debtorId,
    debtorId,
    debtorId,
  );
  return rows.sort((one, other) => startOf(one) - startOf(other));
}

/** In the form that older clients know: an instalment is a promise there. */
const oldKinds = {
  callback: 'callback',
  promise: 'promise',
  instalment: 'promise',
  attempt: 'attempt',
} as const;

/** The first of them as older clients know it; a message that waits is nothing to them. */
export function nextActionOf(planned: readonly Planned[]): Card['nextAction'] {
  for (const action of planned) {
    if (action.kind === 'message') continue;
    const at = action.at ?? (action.on === null ? null : startOf(action));
    return { kind: oldKinds[action.kind], at };
  }
  return { kind: 'none', at: null };
}

function startOf({ at, on }: Planned): number {
  if (at !== null) return at;
  return on === null ? Number.POSITIVE_INFINITY : Date.parse(`${on}T00:00:00Z`);
}
