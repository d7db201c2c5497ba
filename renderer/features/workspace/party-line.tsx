import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { Button, StatusDot, type Tone } from '../../components/index.ts';
import { startOverKey } from './identity-keys.ts';
import styles from './party-panel.module.css';
import { useParty } from './use-party.ts';

const tones: Record<Call['party']['state'], Tone> = {
  unknown: 'wait',
  identified: 'talk',
  thirdPerson: 'stop',
};

/** Under the call, always of the same size: who is on the line, and the way back from a slip of the finger. */
export function PartyLine({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { party, startOver, busy } = useParty(call);
  const ended = call.state === 'ended';
  const known = !ended && (party.state !== 'unknown' || party.revealed);
  useKeys({ [startOverKey]: known ? startOver : null });
  const how =
    party.state === 'identified'
      ? party.checks.map((check) => t(`party.check-${check}`, { defaultValue: check })).join(', ')
      : party.state === 'thirdPerson'
        ? party.relation
        : party.revealed
          ? t('party.revealed')
          : null;
  return (
    <section className={styles.line} aria-label={t('party.on-the-line')}>
      <span className={styles.who}>
        <StatusDot tone={tones[party.state]} label={t(`party.state-${party.state}`)} />
        {how ? <span className={styles.how}>{how}</span> : null}
      </span>
      {known ? (
        <Button look="quiet" shortcut={startOverKey} disabled={busy} onClick={startOver}>
          {t('party.start-over')}
        </Button>
      ) : null}
    </section>
  );
}
