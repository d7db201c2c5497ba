import type { Clock } from '#shared/util/index.ts';
import type { ReadDb, Store } from '../../store/types.ts';
import type { GatewayHub } from '../gateways/index.ts';
import type { ChangedMessages } from './changed-messages.ts';
import { asMessage } from './fetch-due.ts';
import { loadMessages, type MessageRow } from './outbox-rows.ts';
import type { OutboxWrites } from './outbox-writes.ts';
import { askedForMs, queryMs } from './retry.ts';

export interface CareParts {
  store: Store;
  writes: OutboxWrites;
  clock: Clock;
  hub: Pick<GatewayHub, 'find'>;
  announce(changed: ChangedMessages): void;
  lookAgain(gatewayId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
}

const MOST_AT_ONCE = 50;

/**
 * Asks gateways what became of messages of unknown fate, and lets go those by hand whose time is over.
 * @param rows absent: all that are due
 */
export async function askGateways(
  parts: CareParts,
  rows: readonly MessageRow[] = dueForQuestion(parts),
): Promise<void> {
  for (const row of rows) await askOne(parts, row);
  await expireWaiting(parts);
}

async function askOne(
  { store, writes, clock, hub, announce, lookAgain, log }: CareParts,
  row: MessageRow,
): Promise<void> {
  const { id: messageId, gatewayId, channel, toAddress: to } = row;
  if (gatewayId === null) return;
  const adapter = hub.find(gatewayId)?.adapter;
  const permittedAt = row.permittedAt ?? row.queuedAt;
  const providerIds = partsOf(store.read, messageId);
  const asked = { messageId, channel, to, providerIds, permittedAt };
  const answer =
    (await adapter?.query(asked).catch((error: unknown) => {
      log('a gateway failed while it was asked', { gatewayId, error: String(error) });
      return null;
    })) ?? null;
  const now = clock.now();
  const isOver = now - permittedAt > askedForMs;
  const nextAt = isOver ? null : now + queryMs(row.tries);
  const input = { messageId, gatewayId, answer, nextAt };
  announce(await store.write(writes, 'message.answer', input, asMessage));
  if (answer === 'notTaken') lookAgain(gatewayId);
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
async function expireWaiting({ store, writes, clock, announce }: CareParts): Promise<void> {
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
