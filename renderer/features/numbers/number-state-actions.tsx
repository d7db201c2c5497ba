import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatPhone, fromLocalField, toLocalField } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm, Field, Input } from '../../components/index.ts';
import styles from './number-form.module.css';

const dayMs = 86_400_000;

/** Gives a number a rest, retires it, or takes it back into use. */
export function NumberStateActions({
  number,
  onChanged,
}: {
  number: PoolNumber;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const { run, busy } = useCommand('caller-id.set-state');
  const [resting, setResting] = useState(false);
  const [asking, setAsking] = useState(false);
  const [until, setUntil] = useState(() => toLocalField(clock.now() + 14 * dayMs));
  const [reason, setReason] = useState('');
  const set = async (state: PoolNumber['state']): Promise<void> => {
    const restUntil = fromLocalField(until);
    const changed = await run({
      callerIdId: number.callerIdId,
      state,
      ...(state === 'resting' && restUntil !== null ? { restUntil } : {}),
      ...(state === 'resting' && reason.trim() !== '' ? { reason: reason.trim() } : {}),
    });
    setAsking(false);
    if (changed === null) return;
    setResting(false);
    announce(`${formatPhone(number.e164)}: ${t(`numbers.state-${changed.state}`)}`);
    onChanged();
  };
  if (resting) {
    const at = fromLocalField(until);
    const wrong = at === null || at <= clock.now();
    return (
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) void set('resting');
        }}
      >
        <Field label={t('numbers.rest-until')} error={wrong ? t('numbers.rest-past') : null}>
          <Input
            type="datetime-local"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('numbers.reason')}>
          <Input
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <div className={styles.actions}>
          <Button type="submit" look="primary" disabled={busy || wrong}>
            {t('numbers.rest')}
          </Button>
          <Button look="quiet" onClick={() => setResting(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className={styles.actions}>
      {number.state === 'active' ? (
        <Button disabled={busy} onClick={() => setResting(true)}>
          {t('numbers.rest')}
        </Button>
      ) : (
        <Button disabled={busy} look="primary" onClick={() => void set('active')}>
          {t('numbers.activate')}
        </Button>
      )}
      {number.state === 'retired' ? null : (
        <Button disabled={busy} onClick={() => setAsking(true)}>
          {t('numbers.retire')}
        </Button>
      )}
      <Confirm
        open={asking}
        title={t('numbers.retire-question', { number: formatPhone(number.e164) })}
        text={t('numbers.retire-text')}
        action={t('numbers.retire')}
        onConfirm={() => void set('retired')}
        onCancel={() => setAsking(false)}
      />
    </div>
  );
}
