import { Circle, CircleSlash, Grip, Mic, MicOff, Pause, PhoneOff, Play } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useNow } from '../../app/use-now.ts';
import { Button, Kbd, LevelMeter, Phone, StatusDot, type Tone } from '../../components/index.ts';
import styles from './call-panel.module.css';
import { Keypad } from './keypad.tsx';
import { RecordingConsent } from './recording-consent.tsx';

const tones: Record<Call['state'], Tone> = {
  dialing: 'accent',
  ringing: 'accent',
  offered: 'talk',
  connected: 'talk',
  held: 'wait',
  ended: 'neutral',
};

/** State, timer, levels and the verbs of the call. */
export function CallPanel({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { phone } = useServices();
  const microphone = useCallback(() => phone.levelDbfs('microphone'), [phone]);
  const remote = useCallback(() => phone.levelDbfs('remote'), [phone]);
  const connected = call.state === 'connected' || call.state === 'held';
  return (
    <section className={styles.panel} data-state={call.state} aria-label={t('call.title')}>
      <div className={styles.top}>
        <StatusDot tone={tones[call.state]} label={t(`call.state-${call.state}`)} />
        {call.state === 'ended' ? <Timer call={call} /> : <RecordingMark call={call} />}
      </div>
      <RecordingConsent call={call} />
      {call.state === 'ended' ? null : <Timer call={call} />}
      <p className={styles.number}>
        {call.number ? <Phone number={call.number} /> : t('call.withheld-number')}
        <span className={styles.faint}> · {t(`direction.${call.direction}`)}</span>
      </p>
      {call.state === 'ended' ? (
        <Ending call={call} />
      ) : (
        <>
          {connected ? (
            <div className={styles.meters}>
              <LevelMeter
                label={t('audio.you')}
                level={microphone}
                active={!call.muted && call.state === 'connected'}
              />
              <LevelMeter
                label={t('audio.them')}
                level={remote}
                active={call.state === 'connected'}
              />
            </div>
          ) : null}
          <Verbs call={call} connected={connected} />
        </>
      )}
    </section>
  );
}

function Timer({ call }: { call: Call }) {
  const { t } = useTranslation();
  const now = useNow();
  const from = call.joinedAt ?? call.answeredAt ?? call.startedAt;
  return (
    <p className={styles.timer} role="timer" aria-label={t('call.duration')}>
      {formatDuration((call.endedAt ?? now) - from)}
    </p>
  );
}

function RecordingMark({ call }: { call: Call }) {
  const { t } = useTranslation();
  if (call.state === 'ended') return null;
  return (
    <span className={styles.recording} data-on={call.recording === 'on'}>
      {call.recording === 'forbidden' || call.recording === 'refused' ? (
        <CircleSlash size={12} aria-hidden="true" />
      ) : (
        <Circle
          size={10}
          aria-hidden="true"
          fill={call.recording === 'on' ? 'currentColor' : 'none'}
        />
      )}
      {t(`recording.${call.recording}`)}
    </span>
  );
}

function Ending({ call }: { call: Call }) {
  const { t } = useTranslation();
  const parts = [
    call.endedBy === null ? null : t(`call.ended-by-${call.endedBy}`),
    call.attemptResult === null ? null : t(`attempt-result.${call.attemptResult}`),
  ].filter(Boolean);
  return parts.length > 0 ? <p className={styles.faint}>{parts.join(' · ')}</p> : null;
}

function Verbs({ call, connected }: { call: Call; connected: boolean }) {
  const { t } = useTranslation();
  const [keypadOpen, setKeypadOpen] = useState(false);
  const mute = useCommand('call.mute');
  const hold = useCommand('call.hold');
  const resume = useCommand('call.resume');
  const hangUp = useCommand('call.hang-up');
  const { callId } = call;
  const held = call.state === 'held';

  const toggleMute = (): void => void mute.run({ callId, muted: !call.muted });
  const toggleHold = (): void => void (held ? resume : hold).run({ callId });
  const toggleKeypad = (): void => setKeypadOpen((open) => !open);
  const end = (): void => void hangUp.run({ callId });
  useKeys({
    U: connected ? toggleMute : null,
    H: connected ? toggleHold : null,
    K: connected ? toggleKeypad : null,
    'Shift+X': end,
  });

  return (
    <>
      {connected ? (
        <div className={styles.verbs}>
          <Tile
            label={t(call.muted ? 'call.muted' : 'call.mute')}
            shortcut="U"
            pressed={call.muted}
            disabled={mute.busy}
            icon={call.muted ? <MicOff size={18} /> : <Mic size={18} />}
            onClick={toggleMute}
          />
          <Tile
            label={t(held ? 'call.resume' : 'call.hold')}
            shortcut="H"
            pressed={held}
            disabled={hold.busy || resume.busy}
            icon={held ? <Play size={18} /> : <Pause size={18} />}
            onClick={toggleHold}
          />
          <Tile
            label={t('call.keypad')}
            shortcut="K"
            pressed={keypadOpen}
            icon={<Grip size={18} />}
            onClick={toggleKeypad}
          />
        </div>
      ) : null}
      {connected && keypadOpen ? (
        <Keypad callId={callId} onClose={() => setKeypadOpen(false)} />
      ) : null}
      <Button
        look="stop"
        size="large"
        wide
        shortcut="Shift+X"
        disabled={hangUp.busy}
        icon={<PhoneOff size={16} aria-hidden="true" />}
        onClick={end}
      >
        {t(connected ? 'call.hang-up' : 'call.cancel')}
      </Button>
    </>
  );
}

/** A verb of the call: picture, word and key, big enough to hit while talking. */
function Tile({
  label,
  shortcut,
  pressed,
  disabled = false,
  icon,
  onClick,
}: {
  label: string;
  shortcut: string;
  pressed: boolean;
  disabled?: boolean;
  icon: ReactNode;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={styles.tile}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={styles.tileTop} aria-hidden="true">
        {icon}
        <Kbd binding={shortcut} />
      </span>
      {label}
    </button>
  );
}
