import type { z } from 'zod';
import type { messageRecipient } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { loadContactPoints, type PermissionsFor } from '../../debtors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import type { ThreadRow } from './thread-rows.ts';

export type Reply = Unbranded<z.infer<typeof messageRecipient>> & { channel: MessageChannel };

const messageChannels: readonly string[] = ['sms', 'mms', 'email'];

/** Where an answer can go, with what the rules say now; first the way that the debtor used last. */
export function loadReplies(
  read: ReadDb,
  { id, debtorId }: ThreadRow,
  permissionsFor: PermissionsFor,
): Reply[] {
  if (debtorId === null) return [];
  const replies = loadContactPoints(read, debtorId, permissionsFor).flatMap(
    ({ contactPointId, value, label, messages }) =>
      messages.flatMap(({ channel, permission }): Reply[] =>
        messageChannels.includes(channel)
          ? [{ contactPointId, value, label, permission, channel: channel as MessageChannel }]
          : [],
      ),
  );
  const last = read.get<{ channel: string; fromAddress: string }>(
    'SELECT channel, fromAddress FROM inboundMessage WHERE threadId = ? ORDER BY at DESC LIMIT 1',
    id,
  );
  const rank = ({ value, channel }: Reply) =>
    (value === last?.fromAddress ? 0 : 2) + (channel === last?.channel ? 0 : 1);
  return replies.sort((one, other) => rank(one) - rank(other));
}
