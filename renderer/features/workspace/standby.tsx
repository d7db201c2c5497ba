import { MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatDuration } from '../../app/format/index.ts';
import { useAgent, useLineHere, useServices } from '../../app/services.ts';
import { stateTones } from '../../app/shell/state-menu.tsx';
import { useAgentActions } from '../../app/use-agent-actions.ts';
import { useNow } from '../../app/use-now.ts';
import { Button, StatusDot } from '../../components/index.ts';
import { DialBox } from './dial-box.tsx';
import styles from './standby.module.css';

/** The left column between calls: whether calls come, and how to place one. */
export function Standby() {
  const { t } = useTranslation();
  const own = useAgent((view) => view.own);
  const now = useNow();
  const { goReady, goNotReady, busy } = useAgentActions();
  const state = own?.workState ?? 'offline';
  const lineHere = useLineHere();
  const waiting = lineHere && (state === 'ready' || state === 'reserved');
  const elsewhere = !lineHere && own !== null && own.line !== 'down';
  return (
    <div className={styles.column}>
      <section className={styles.state} data-waiting={waiting} aria-label={t('state.title')}>
        <StatusDot tone={stateTones[state]} label={t(`state.${state}`)} />
        <p className={styles.timer} role="timer" aria-label={t('state.since')}>
          {own ? formatDuration(now - own.since) : '–'}
        </p>
        <p className={styles.text}>
          {t(
            waiting
              ? 'state.ready-text'
              : elsewhere
                ? 'state.elsewhere-text'
                : 'state.not-ready-text',
          )}
        </p>
        {waiting ? (
          <Button size="large" wide shortcut="Y" disabled={busy} onClick={goNotReady}>
            {t('state.go-not-ready')}
          </Button>
        ) : (
          <Button look="primary" size="large" wide shortcut="Y" disabled={busy} onClick={goReady}>
            {t('state.go-ready')}
          </Button>
        )}
      </section>
      <MicrophoneProblem />
      <DialBox />
    </div>
  );
}

/** The microphone is refused or missing: what to do, in the order of doing it. */
function MicrophoneProblem() {
  const { t } = useTranslation();
  const { phone } = useServices();
  const { microphone } = useStore(phone.store);
  if (microphone === 'ready' || microphone === 'unasked') return null;
  return (
    <section className={styles.problem} role="alert">
      <h2 className={styles.problemTitle}>
        <MicOff size={16} aria-hidden="true" />
        {t(`microphone.${microphone}-title`)}
      </h2>
      <p>{t(`microphone.${microphone}-text`)}</p>
      <Button onClick={() => void phone.retryMicrophone()}>{t('microphone.retry')}</Button>
    </section>
  );
}
