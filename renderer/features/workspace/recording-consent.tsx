import { CircleAlert, Mic, MicOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../components/index.ts';
import { agreesToRecordingKey, refusesRecordingKey } from './identity-keys.ts';
import styles from './recording-consent.module.css';

/** What the person says about being recorded, by a key; and what the law makes of a no. */
export function RecordingConsent({ call }: { call: Call }) {
  const { t } = useTranslation();
  const agree = useCommand('call.confirm-recording-consent');
  const refuse = useCommand('call.refuse-recording');
  const [endFor, setEndFor] = useState<string | null>(null);
  const { callId, recording } = call;
  const up = call.state === 'connected' || call.state === 'held';
  // where it is announced, it waits for the announcement and for nobody's word
  const announced =
    call.obligations.some(({ what }) => what === 'announceRecording') &&
    !call.obligations.some(({ what }) => what === 'askRecordingConsent');
  const asks = up && recording === 'waiting' && !announced;
  const mayRefuse = up && (recording === 'waiting' || recording === 'on');
  const demanded = call.obligations.some(({ what }) => what === 'recordingMandatory');
  const mustEnd = up && recording === 'refused' && (demanded || endFor === callId);
  const say = async (): Promise<void> => {
    const answer = await refuse.run({ callId });
    if (answer === null) return;
    if (answer.mustEnd) setEndFor(callId);
    announce(
      t(answer.mustEnd ? 'recording.must-end' : 'recording.refused'),
      answer.mustEnd ? 'assertive' : 'polite',
    );
  };
  useKeys({
    [agreesToRecordingKey]: asks ? () => void agree.run({ callId }) : null,
    [refusesRecordingKey]: mayRefuse ? () => void say() : null,
  });
  if (mustEnd) return <MustEnd callId={callId} />;
  if (!asks && !mayRefuse) return null;
  return (
    <div className={styles.consent} data-asks={asks}>
      {asks ? (
        <Button
          shortcut={agreesToRecordingKey}
          disabled={agree.busy}
          icon={<Mic size={14} aria-hidden="true" />}
          onClick={() => void agree.run({ callId })}
        >
          {t('call.consent-given')}
        </Button>
      ) : null}
      <Button
        look={asks ? 'plain' : 'quiet'}
        shortcut={refusesRecordingKey}
        disabled={refuse.busy}
        icon={<MicOff size={14} aria-hidden="true" />}
        onClick={() => void say()}
      >
        {t('call.consent-refused')}
      </Button>
    </div>
  );
}

/** A law demands that this call be recorded, and it will not be. */
function MustEnd({ callId }: { callId: Call['callId'] }) {
  const { t } = useTranslation();
  const hangUp = useCommand('call.hang-up');
  return (
    <div className={styles.mustEnd} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <strong>{t('recording.must-end')}</strong>
        <p>{t('recording.must-end-text')}</p>
        <Button
          look="stop"
          shortcut="Shift+X"
          disabled={hangUp.busy}
          onClick={() => void hangUp.run({ callId })}
        >
          {t('recording.end-call')}
        </Button>
      </div>
    </div>
  );
}
