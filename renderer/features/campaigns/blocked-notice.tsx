import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { formatDateTime, formatRelative } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useNow } from '../../app/use-now.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';

type Blocked = NonNullable<Campaign['blockedBy']>;

/** Where the obstacle is removed. */
const places: Partial<Record<Blocked, { href: (campaign: Campaign) => string; key: string }>> = {
  noAgent: { href: () => toHash('/workspace'), key: 'campaign.open-workspace' },
  noTrunk: {
    href: ({ campaignId }) => toHash(`/campaigns/${campaignId}`, { tab: 'preparation' }),
    key: 'campaign.open-settings',
  },
  noCallerId: {
    href: ({ campaignId }) => toHash(`/campaigns/${campaignId}`, { tab: 'preparation' }),
    key: 'campaign.open-settings',
  },
  trunkDown: {
    href: ({ trunkId }) => toHash('/settings', { section: 'trunks', trunk: trunkId ?? '' }),
    key: 'campaign.open-trunk',
  },
  rules: { href: () => toHash('/settings', { section: 'rules' }), key: 'campaign.open-rules' },
};

/** Why a running campaign makes no calls now, what to do about it, and when it goes on by itself. */
export function BlockedNotice({
  campaign,
  named = false,
}: {
  campaign: Campaign;
  /** among others: it says which campaign it speaks of */
  named?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { blockedBy, nextAt } = campaign;
  if (campaign.status !== 'running' || blockedBy === null) return null;
  const place = places[blockedBy];
  const reason = t(`campaign.blocked.${blockedBy}`);
  return (
    <Notice
      tone={blockedBy === 'trunkDown' || blockedBy === 'clock' ? 'stop' : 'wait'}
      title={named ? `${campaign.name}: ${reason}` : reason}
      live
      action={place ? <LinkButton href={place.href(campaign)}>{t(place.key)}</LinkButton> : null}
    >
      {t(`campaign.blocked-todo.${blockedBy}`)}
      {nextAt === null ? null : (
        <>
          {' '}
          {t('campaign.next-at', {
            time: formatDateTime(nextAt, i18n.language),
            relative: formatRelative(nextAt, now, i18n.language),
          })}
        </>
      )}
    </Notice>
  );
}
