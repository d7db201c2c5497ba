import { PhoneOutgoing, Timer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewOffer } from '#shared/contract/index.ts';
import { formatDateTime, formatDuration, formatTime, isSameDay } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useNow } from '../../app/use-now.ts';
import { Button, Phone, StatusDot, type Tone } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './offer-panel.module.css';
import { OfferSkip } from './offer-skip.tsx';
import { useOfferDial } from './use-offer-dial.ts';

const tones: Record<PreviewOffer['kind'], Tone> = {
  preview: 'accent',
  callback: 'wait',
  silent: 'wait',
};

/** Whom to call next and why, how long until the call goes out by itself, and the keys: dial, hold the timer, skip. */
export function OfferPanel({ offer }: { offer: PreviewOffer }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const [skipping, setSkipping] = useState(false);
  const { dial, busy, problem } = useOfferDial(offer);
  const hold = useCommand('preview.hold');
  const { entryId, dialsAt } = offer;
  const startSkipping = (): void => setSkipping(true);
  const holdTimer = async (): Promise<void> => {
    const held = await hold.run({ entryId });
    if (held !== null) stores.agent.setState({ offer: held.offer });
  };
  useKeys({
    D: busy ? null : () => void dial(),
    H: dialsAt === null || hold.busy ? null : () => void holdTimer(),
    X: startSkipping,
  });
  return (
    <section className={styles.panel} aria-label={t('offer.title')} data-kind={offer.kind}>
      <div className={styles.top}>
        <StatusDot tone={tones[offer.kind]} label={t(`offer.kind-${offer.kind}`)} />
        <span className={styles.faint}>{offer.campaignName}</span>
      </div>
      <Countdown offer={offer} />
      <p className={styles.name}>{offer.displayName}</p>
      <p className={styles.number}>
        <Phone number={offer.number} />{' '}
        <span className={styles.faint}>
          {t(`contact-point.${offer.numberKind}`, { defaultValue: offer.numberKind })}
        </span>
      </p>
      <Why offer={offer} />
      {problem === null ? null : <p className={styles.problem}>{problem}</p>}
      <div className={styles.verbs}>
        <Button
          look="talk"
          size="large"
          wide
          shortcut="D"
          icon={<PhoneOutgoing size={16} aria-hidden="true" />}
          disabled={busy}
          onClick={() => void dial()}
        >
          {t('offer.dial')}
        </Button>
        <Button
          wide
          shortcut="H"
          icon={<Timer size={14} aria-hidden="true" />}
          pressed={dialsAt === null}
          disabled={hold.busy || dialsAt === null}
          onClick={() => void holdTimer()}
        >
          {t(dialsAt === null ? 'offer.held' : 'offer.hold')}
        </Button>
        <Button
          wide
          shortcut="X"
          aria-expanded={skipping}
          onClick={() => setSkipping((now) => !now)}
        >
          {t('offer.skip')}
        </Button>
      </div>
      {skipping ? <OfferSkip entryId={entryId} onClose={() => setSkipping(false)} /> : null}
    </section>
  );
}

/** The time left, as number and as a bar that runs out; with the timer held, that nothing happens by itself. */
function Countdown({ offer }: { offer: PreviewOffer }) {
  const { t } = useTranslation();
  const now = useNow();
  const { dialsAt, offeredAt } = offer;
  if (dialsAt === null) return <p className={styles.waits}>{t('offer.waits')}</p>;
  const leftMs = Math.max(0, dialsAt - now);
  return (
    <div>
      <p className={styles.timer} role="timer" aria-label={t('offer.dials-in')}>
        {formatDuration(leftMs + 999)}
      </p>
      <p className={styles.faint}>{t('offer.dials-by-itself')}</p>
      <ProgressBar label={t('offer.dials-in')} value={leftMs} max={dialsAt - offeredAt} />
    </div>
  );
}

/** What was promised, or what went wrong before: the first thing to say. */
function Why({ offer }: { offer: PreviewOffer }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const when = (at: number): string =>
    isSameDay(at, now) ? formatTime(at, i18n.language) : formatDateTime(at, i18n.language);
  if (offer.kind === 'silent') {
    return (
      <Reason
        title={
          offer.silentAt
            ? t('offer.silent-at', { time: formatDateTime(offer.silentAt, i18n.language) })
            : t('offer.silent')
        }
      >
        {t('offer.say-sorry')}
      </Reason>
    );
  }
  if (offer.kind === 'callback' && offer.callbackAt !== null) {
    return (
      <Reason
        title={
          offer.promisedBy
            ? t('offer.promised-by', { time: when(offer.callbackAt), name: offer.promisedBy })
            : t('offer.promised', { time: when(offer.callbackAt) })
        }
      >
        {offer.note}
      </Reason>
    );
  }
  return null;
}

function Reason({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.reason}>
      <p className={styles.reasonTitle}>{title}</p>
      {children ? <p>{children}</p> : null}
    </div>
  );
}
