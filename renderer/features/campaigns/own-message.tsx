import { FileAudio, Play, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AbandonmentMessage, Campaign } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDuration } from '../../app/format/index.ts';
import { useCampaigns, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, toast } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Labelled } from './labelled.tsx';
import styles from './own-message.module.css';
import { useMessageUpload } from './use-message-upload.ts';

/**
 * What is said to who meets no agent: the firm's own recording, or the one that comes with the program. It is kept at
 * once, apart from the form, since a file cannot be undone like a field.
 */
export function OwnMessage({ campaignId }: { campaignId: CampaignId | null }) {
  const { t } = useTranslation();
  return (
    <Labelled label={t('silence.spoken')} hint={t('silence.spoken-hint')}>
      {campaignId === null ? (
        <>
          <span>{t('silence.bundled')}</span>
          <span>{t('silence.after-creation')}</span>
        </>
      ) : (
        <Message campaignId={campaignId} />
      )}
    </Labelled>
  );
}

function Message({ campaignId }: { campaignId: CampaignId }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const message = useCampaigns((view) => view.byId[campaignId]?.abandonmentMessage ?? null);
  const picker = useRef<HTMLInputElement>(null);
  const removal = useCommand('campaign.remove-abandonment-message');
  const keep = (campaign: Campaign): void =>
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [campaign.campaignId]: campaign },
    }));
  const upload = useMessageUpload(campaignId, (campaign) => {
    keep(campaign);
    toast('done', t('silence.taken'));
  });
  const remove = async (): Promise<void> => {
    const campaign = await removal.run({ campaignId });
    if (campaign === null) return;
    keep(campaign);
    toast('done', t('silence.removed'));
  };
  const { sending } = upload;
  const listening = useListening(campaignId, message);
  const busy = sending !== null || removal.busy;
  return (
    <div className={styles.own}>
      {message === null ? (
        <span>{t('silence.bundled')}</span>
      ) : (
        <Kept message={message} listening={listening} />
      )}
      {upload.error === null ? null : (
        <Notice tone="stop" title={t('silence.refused')}>
          {errorText(upload.error, t)}
        </Notice>
      )}
      {sending === null ? null : (
        <>
          <span className={styles.spoken}>{t('silence.sending', { name: sending.name })}</span>
          <ProgressBar
            label={t('silence.sending', { name: sending.name })}
            value={sending.share === null ? null : Math.round(sending.share * 100)}
            max={100}
          />
        </>
      )}
      <div className={styles.row}>
        {message === null || listening.url !== null ? null : (
          <Button
            icon={<Play size={14} aria-hidden="true" />}
            onClick={() => void listening.open()}
          >
            {t('silence.listen')}
          </Button>
        )}
        <Button
          icon={<FileAudio size={14} aria-hidden="true" />}
          disabled={busy}
          onClick={() => picker.current?.click()}
        >
          {t(message === null ? 'silence.choose' : 'silence.replace')}
        </Button>
        {message === null ? null : (
          <Button
            look="quiet"
            icon={<Trash2 size={14} aria-hidden="true" />}
            disabled={busy}
            onClick={() => void remove()}
          >
            {t('silence.remove')}
          </Button>
        )}
        {sending === null || sending.share === null ? null : (
          <Button look="quiet" onClick={upload.cancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('silence.choose')}
        accept=".wav,audio/wav,audio/x-wav"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void upload.send(file);
        }}
      />
    </div>
  );
}

/** The recording that is kept, and the sound of it once it was asked for. */
function Kept({ message, listening }: { message: AbandonmentMessage; listening: Listening }) {
  const { t } = useTranslation();
  const { url, error, failed } = listening;
  return (
    <>
      <span className={styles.spoken}>
        {message.name} <span className={styles.length}>{formatDuration(message.durationMs)}</span>
      </span>
      {url === null ? null : (
        // biome-ignore lint/a11y/useMediaCaption: the firm's own words have no captions
        <audio
          className={styles.audio}
          aria-label={message.name}
          src={url}
          controls
          autoPlay
          onError={failed}
        />
      )}
      {error === null ? null : (
        <Notice tone="stop" title={t('silence.not-heard')} live>
          {errorText(error, t)}
        </Notice>
      )}
    </>
  );
}

type Listening = ReturnType<typeof useListening>;

/** Nothing is fetched before it is asked for; it sounds as it does on a line. Another recording is silent at first. */
function useListening(campaignId: CampaignId, message: AbandonmentMessage | null) {
  const { client } = useServices();
  const [heard, setHeard] = useState<Heard | null>(null);
  const setAt = message?.setAt ?? null;
  const now = heard?.setAt === setAt ? heard : null;
  const open = async (): Promise<void> => {
    try {
      const { url } = await client.send('campaign.open-abandonment-message', { campaignId });
      setHeard({ setAt, url, error: null });
    } catch (error) {
      setHeard({ setAt, url: null, error });
    }
  };
  const failed = (): void => {
    const error = new AppError('media.not-playable', 'the browser cannot play it');
    setHeard({ setAt, url: null, error });
  };
  return { url: now?.url ?? null, error: now?.error ?? null, open, failed };
}

interface Heard {
  /** of which recording */
  setAt: number | null;
  url: string | null;
  error: unknown;
}
