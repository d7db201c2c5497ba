import type { Clock } from '#shared/util/index.ts';
import type { ReadDb, Store } from '../../store/types.ts';
import type { GatewayHub } from '../gateways/index.ts';
import type { Receipt } from '../types.ts';
import type { ChangedMessages } from './changed-messages.ts';
import { asMessage } from './fetch-due.ts';
import { loadMessages, type MessageRow } from './outbox-rows.ts';
import type { OutboxWrites } from './outbox-writes.ts';
import { askedForMs, queryMs } from './retry.ts';

export interface CareParts {
  store: Store;
  writes: OutboxWrites;
  clock: Clock;
  hub: Pick<GatewayHub, 'find' | 'stateOf'>;
  clockSuspect(): boolean;
  /** resolves when the engine stops: nobody waits for answers then */
  stopping: Promise<null>;
  isStopped(): boolean;
  announce(changed: ChangedMessages): void;
  lookAgain(gatewayId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
}

const MOST_AT_ONCE = 50;
/** A gateway that gives no answer for so long gives none. */
const ANSWER_WITHIN_MS = 60_000;
/** Of a gateway that is not connected: it is asked soon after it is. */
const NOT_CONNECTED_MS = 30_000;
/** A week after it was handed over also a gateway that was never reached again is given up. */
const GIVEN_UP_MS = 7 * 86_400_000;

/**
 * Asks gateways what became of messages of unknown fate, and lets go those by hand whose time is over.
 * @param rows absent: all that are due
 */
export async function askGateways(
  parts: CareParts,
  rows: readonly MessageRow[] = dueForQuestion(parts),
): Promise<void> {
  await expireWaiting(parts);
  // one that answers slowly keeps no other waiting
  const byGateway = Map.groupBy(rows, ({ gatewayId }) => gatewayId);
  await Promise.all([...byGateway.values()].map((own) => askInTurn(parts, own)));
}

async function askInTurn(parts: CareParts, rows: readonly MessageRow[]): Promise<void> {
  for (const row of rows) if (!parts.isStopped()) await askOne(parts, row);
}

async function askOne(parts: CareParts, row: MessageRow): Promise<void> {
  const { store, writes, clock, hub, announce, lookAgain, isStopped } = parts;
  const { id: messageId, gatewayId, permittedAt } = row;
  if (gatewayId === null) return;
  const beganAt = permittedAt ?? row.queuedAt;
  const state = hub.find(gatewayId) === null ? null : hub.stateOf(gatewayId).kind;
  const wasAsked = state !== 'connecting' && state !== 'off';
  const answer = wasAsked ? await ask(parts, row, beganAt) : null;
  if (isStopped()) return;
  const now = clock.now();
  // while it cannot be reached nothing can be known: that is no answer
  const mayEnd = state === null || state === 'ready';
  const isOver = now - beganAt > (mayEnd ? askedForMs : GIVEN_UP_MS);
  const waitMs = wasAsked ? queryMs(row.tries) : NOT_CONNECTED_MS;
  const nextAt = isOver ? null : now + waitMs;
  const input = { messageId, gatewayId, answer, nextAt, permittedAt, wasAsked };
  announce(await store.write(writes, 'message.answer', input, asMessage));
  if (answer === 'notTaken') lookAgain(gatewayId);
}

async function ask(
  { store, clock, hub, log, stopping }: CareParts,
  row: MessageRow,
  permittedAt: number,
): Promise<Receipt | 'notTaken' | null> {
  const { id: messageId, channel, toAddress: to, sender, parts } = row;
  const gatewayId = row.gatewayId ?? '';
  const adapter = hub.find(gatewayId)?.adapter;
  if (adapter === undefined) return null;
  const providerIds = partsOf(store.read, messageId);
  const late = Promise.withResolvers<null>();
  const cancel = clock.setTimer(ANSWER_WITHIN_MS, () => late.resolve(null));
  const asked = { messageId, channel, to, providerIds, permittedAt, sender, parts };
  const answer = adapter.query(asked).catch((error: unknown) => {
    log('a gateway failed while it was asked', { gatewayId, error: String(error) });
    return null;
  });
  return Promise.race([answer, late.promise, stopping]).finally(cancel);
}

function partsOf(read: ReadDb, messageId: string): string[] {
  return read
    .all<{ providerId: string }>(
      'SELECT providerId FROM messagePart WHERE messageId = ? ORDER BY part',
      messageId,
    )
    .map(({ providerId }) => providerId);
}

function dueForQuestion({ store, clock }: CareParts): MessageRow[] {
  const ids = store.read.all<{ id: string }>(
    `SELECT m.id FROM gateway g CROSS JOIN message m
     WHERE g.kind LIKE 'message.%' AND m.gatewayId = g.id AND m.state = 'unknown' AND m.nextAt <= ?
     LIMIT ${MOST_AT_ONCE}`,
    clock.now(),
  );
  const rows = loadMessages(
    store.read,
    ids.map(({ id }) => id),
  );
  return [...rows.values()];
}

/** Of bulks, that is seen when they are taken: there may be very many. */
async function expireWaiting(parts: CareParts): Promise<void> {
  const { store, writes, clock, announce, clockSuspect } = parts;
  // a clock that jumped ahead ends nothing
  if (clockSuspect()) return;
  const ids = store.read.all<{ id: string }>(
    `SELECT m.id FROM gateway g CROSS JOIN message m
     WHERE g.kind LIKE 'message.%' AND m.gatewayId = g.id AND m.state = 'queued' AND m.bulkId IS NULL
       AND m.nextAt IS NOT NULL AND m.expiresAt <= ?
     LIMIT ${MOST_AT_ONCE}`,
    clock.now(),
  );
  if (ids.length === 0) return;
  const messageIds = ids.map(({ id }) => id);
  announce(await store.write(writes, 'message.expire', { messageIds }, asMessage));
}
