import { Bell, BellOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatDateTime,
  formatTime,
  fromLocalField,
  toLocalField,
} from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input, Kbd } from '../../components/index.ts';
import { Popover } from '../../components/popover.tsx';
import { useSheetKeys } from '../work/use-sheet-keys.ts';
import styles from './snooze-button.module.css';
import { snoozeChoices, snoozeUntil } from './snooze-times.ts';

/** Puts a conversation off: it comes back at that time, or as soon as something new comes in. */
export function SnoozeButton({
  open,
  onOpenChange,
  onSnooze,
  onWake,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** @param when in the reader's words */
  onSnooze: (until: number, when: string) => void;
  /** null: it is not put off */
  onWake: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <Popover
      title={t('inbox.snooze')}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      trigger={
        <Button shortcut="Z" icon={<BellOff size={14} aria-hidden="true" />}>
          {t('inbox.snooze')}
        </Button>
      }
    >
      <Choices
        onChoose={(until, when) => {
          onOpenChange(false);
          onSnooze(until, when);
        }}
        onWake={
          onWake &&
          (() => {
            onOpenChange(false);
            onWake();
          })
        }
      />
    </Popover>
  );
}

function Choices({
  onChoose,
  onWake,
}: {
  onChoose: (until: number, when: string) => void;
  onWake: (() => void) | null;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const now = clock.now();
  const [date, setDate] = useState(() => toLocalField(snoozeUntil('tomorrow', now)));
  const chosenAt = fromLocalField(date);
  const past = chosenAt === null || chosenAt <= now;
  const choices = snoozeChoices.map((choice) => {
    const until = snoozeUntil(choice, now);
    const words =
      choice === 'hour' ? formatTime(until, i18n.language) : formatDateTime(until, i18n.language);
    return { choice, until, words, choose: () => onChoose(until, words) };
  });
  useSheetKeys(Object.fromEntries(choices.map(({ choose }, index) => [String(index + 1), choose])));
  return (
    <div className={styles.choices}>
      {choices.map(({ choice, words, choose }, index) => (
        <button key={choice} type="button" className={styles.choice} onClick={choose}>
          <span>{t(`inbox.snooze-${choice}`)}</span>
          <span className={styles.when}>{words}</span>
          <Kbd binding={String(index + 1)} />
        </button>
      ))}
      <form
        className={styles.date}
        onSubmit={(event) => {
          event.preventDefault();
          if (!past && chosenAt !== null) {
            onChoose(chosenAt, formatDateTime(chosenAt, i18n.language));
          }
        }}
      >
        <Field label={t('inbox.snooze-date')} error={past ? t('inbox.snooze-past') : null}>
          <Input
            type="datetime-local"
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" disabled={past}>
          {t('inbox.snooze')}
        </Button>
      </form>
      {onWake ? (
        <Button look="quiet" icon={<Bell size={14} aria-hidden="true" />} onClick={onWake}>
          {t('inbox.wake')}
        </Button>
      ) : null}
    </div>
  );
}
