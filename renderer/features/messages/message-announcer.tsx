import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { reasonText } from './reason-text.ts';
import { addressText } from './recipient-list.tsx';

const told = new Set(['sent', 'delivered', 'read', 'failed', 'expired', 'unknown']);

/**
 * Says what becomes of messages to the debtor on the screen, and that an answer came: politely, and the focus stays where
 * it is. A message of one's own that failed is said at once.
 */
export function MessageAnnouncer({
  debtorId,
  veiled,
}: {
  debtorId: DebtorId;
  veiled: boolean;
}): null {
  const { t } = useTranslation();
  const { client } = useServices();
  const ownId = useConnection((view) => view.principal?.personId);
  useEffect(
    () =>
      client.on('message.changed', (message) => {
        if (message.debtorId !== debtorId || !told.has(message.state)) return;
        const failed = message.state === 'failed' || message.state === 'expired';
        const state = t(`delivery.${message.state}`);
        const text = [
          t('message.announce-state', {
            channel: t(`channel.${message.channel}`),
            to: addressText(message.to),
            state,
          }),
          failed ? reasonText(message, t) : '',
        ]
          .filter(Boolean)
          .join(': ');
        announce(text, failed && message.personId === ownId ? 'assertive' : 'polite');
      }),
    [client, debtorId, ownId, t],
  );
  useEffect(
    () =>
      client.on('inbox.message-received', (received) => {
        if (received.debtorId !== debtorId) return;
        const channel = t(`channel.${received.channel}`);
        // its words could name the debt
        announce(
          veiled || received.snippet === ''
            ? t('message.announce-reply', { channel })
            : t('message.announce-reply-text', { channel, text: received.snippet }),
        );
      }),
    [client, debtorId, veiled, t],
  );
  return null;
}
