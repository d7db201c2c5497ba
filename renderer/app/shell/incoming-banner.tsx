import { PhoneIncoming } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Phone } from '../../components/formatted.tsx';
import { announce } from '../announcer.ts';
import { useKeys } from '../keys/use-keys.ts';
import { navigate } from '../router.ts';
import { useCall, useServices } from '../services.ts';
import { useCommand } from '../use-command.ts';
import styles from './incoming-banner.module.css';

/** An inbound call rings here, on whatever page the agent is. */
export function IncomingBanner() {
  const { t } = useTranslation();
  const { phone, shell } = useServices();
  const offered = useCall((view) => view.offered);
  const answer = useCommand('call.answer');
  const reject = useCommand('call.reject');
  const callId = offered?.call.callId ?? null;
  const name = offered?.card?.displayName ?? null;
  const caller = name ?? offered?.call.number ?? t('call.withheld-number');

  useEffect(() => {
    if (callId === null) return;
    phone.startRinging();
    announce(t('call.incoming-from', { caller }), 'assertive');
    if (document.hidden) shell.notify?.(t('call.incoming'), caller);
    return () => phone.stopRinging();
  }, [callId, caller, phone, shell, t]);

  const take = (): void => {
    if (callId === null) return;
    void answer.run({ callId }).then((taken) => {
      if (taken) navigate('/workspace', {}, { urgent: true });
    });
  };
  const refuse = (): void => {
    if (callId !== null) void reject.run({ callId });
  };
  useKeys({ A: take, X: refuse }, callId !== null);

  if (offered === null) return null;
  return (
    <section className={styles.banner} aria-label={t('call.incoming')}>
      <PhoneIncoming size={20} aria-hidden="true" />
      <div className={styles.words}>
        <strong className={styles.caller}>{name ?? t('call.unknown-caller')}</strong>
        <span className={styles.number}>
          {offered.call.number ? <Phone number={offered.call.number} /> : t('call.withheld-number')}
        </span>
      </div>
      <Button look="talk" size="large" shortcut="A" disabled={answer.busy} onClick={take}>
        {t('call.answer')}
      </Button>
      <Button size="large" shortcut="X" disabled={reject.busy} onClick={refuse}>
        {t('call.reject')}
      </Button>
    </section>
  );
}
