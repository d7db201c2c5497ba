import { CirclePause, Play, Square } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm } from '../../components/index.ts';
import styles from './campaign-actions.module.css';
import { type CampaignVerb, verbsOf } from './campaign-commands.ts';

const icons: Record<CampaignVerb, ReactNode> = {
  start: <Play size={14} aria-hidden="true" />,
  resume: <Play size={14} aria-hidden="true" />,
  pause: <CirclePause size={14} aria-hidden="true" />,
  stop: <Square size={14} aria-hidden="true" />,
};
const labelKeys: Record<CampaignVerb, string> = {
  start: 'campaign.start',
  resume: 'campaign.resume',
  pause: 'campaign.pause',
  stop: 'campaign.stop',
};

/** Start, pause, resume, stop: those that the state allows. Stopping asks, because ringing calls are taken back. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const [asking, setAsking] = useState(false);
  const start = useCommand('campaign.start');
  const pause = useCommand('campaign.pause');
  const resume = useCommand('campaign.resume');
  const stop = useCommand('campaign.stop');
  const commands = { start, pause, resume, stop };
  const busy = Object.values(commands).some((command) => command.busy);

  const perform = async (verb: CampaignVerb): Promise<void> => {
    setAsking(false);
    const changed = await commands[verb].run({ campaignId: campaign.campaignId });
    if (changed === null) return;
    // the event says the same; the reply is there first
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [changed.campaignId]: changed },
    }));
    announce(`${changed.name}: ${t(`campaign-status.${changed.status}`)}`);
  };

  return (
    <div className={styles.actions}>
      {verbsOf(campaign.status).map((verb) => (
        <Button
          key={verb}
          look={verb === 'start' || verb === 'resume' ? 'primary' : 'plain'}
          icon={icons[verb]}
          disabled={busy}
          aria-label={t('campaign.action-of', { action: t(labelKeys[verb]), name: campaign.name })}
          onClick={() => (verb === 'stop' ? setAsking(true) : void perform(verb))}
        >
          {t(labelKeys[verb])}
        </Button>
      ))}
      <Confirm
        open={asking}
        title={t('campaign.stop-question', { name: campaign.name })}
        text={t('campaign.stop-text')}
        action={t('campaign.stop')}
        destructive
        onConfirm={() => void perform('stop')}
        onCancel={() => setAsking(false)}
      />
    </div>
  );
}
