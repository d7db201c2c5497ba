import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { useRoute } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';

/**
 * Says that something came in: aloud while the inbox is open, and outside the window while that is hidden. Only from whom:
 * the words of a debtor are nobody's who passes by.
 */
export function InboxNews(): null {
  const { t } = useTranslation();
  const { client, shell } = useServices();
  const { path } = useRoute();
  useEffect(
    () =>
      client.on('inbox.message-received', ({ channel, displayName }) => {
        const name = displayName ?? t('inbox.unknown-sender');
        const from = t('inbox.news-from', { channel: t(`channel.${channel}`), name });
        if (path === '/inbox') announce(from);
        if (document.hidden) shell.notify?.(t('inbox.news'), from);
      }),
    [client, shell, path, t],
  );
  return null;
}
