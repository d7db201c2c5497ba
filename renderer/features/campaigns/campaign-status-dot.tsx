import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { StatusDot, type Tone } from '../../components/index.ts';

/** Running and blocked are two things: a campaign that waits says so by colour and shape too. */
export function CampaignStatusDot({
  campaign,
}: {
  campaign: Pick<Campaign, 'status' | 'blockedBy'>;
}) {
  const { t } = useTranslation();
  return <StatusDot tone={toneOf(campaign)} label={t(`campaign-status.${campaign.status}`)} />;
}

function toneOf({ status, blockedBy }: Pick<Campaign, 'status' | 'blockedBy'>): Tone {
  if (status === 'running') return blockedBy === null ? 'accent' : 'wait';
  return status === 'paused' ? 'wait' : 'neutral';
}
