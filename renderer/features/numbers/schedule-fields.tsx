import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, Field, IconButton, Input } from '../../components/index.ts';
import { ChoiceChips } from '../rules/choice-chips.tsx';
import styles from './number-form.module.css';
import { dayName, isWrong, newScheduleEntry, type ScheduleEntry } from './schedule.ts';

const weekDays = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** The hours in which a number is shown, by the firm's clock; without any, always. */
export function ScheduleFields({
  schedule,
  onChange,
}: {
  schedule: readonly ScheduleEntry[];
  onChange: (schedule: ScheduleEntry[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const replace = (index: number, part: Partial<ScheduleEntry>): void =>
    onChange(schedule.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <div className={styles.entries}>
      <span className={styles.legend}>{t('numbers.schedule')}</span>
      {schedule.length === 0 ? <span className={styles.hint}>{t('numbers.always')}</span> : null}
      {schedule.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
        <div key={index} className={styles.entry}>
          <ChoiceChips
            label={t('numbers.days')}
            options={weekDays.map((value) => ({
              value,
              label: dayName(Number(value), i18n.language),
            }))}
            chosen={entry.days.map(String)}
            onChange={(days) => replace(index, { days: days.map(Number) })}
          />
          <div className={styles.times}>
            <Field label={t('numbers.from')}>
              <Input
                type="time"
                value={entry.from}
                onChange={(event) =>
                  event.currentTarget.value && replace(index, { from: event.currentTarget.value })
                }
              />
            </Field>
            <Field label={t('numbers.to')}>
              <Input
                type="time"
                // a field of the browser knows no 24:00
                value={entry.to === '24:00' ? '23:59' : entry.to}
                onChange={(event) => {
                  const to = event.currentTarget.value;
                  if (to) replace(index, { to: to === '23:59' ? '24:00' : to });
                }}
              />
            </Field>
            <IconButton
              label={t('numbers.remove-hours', { place: index + 1 })}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onClick={() => onChange(schedule.filter((_, at) => at !== index))}
            />
          </div>
          {isWrong(entry) ? <span className={styles.wrong}>{t('numbers.gap-hours')}</span> : null}
        </div>
      ))}
      <div>
        <Button
          look="quiet"
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={schedule.length >= 14}
          onClick={() => onChange([...schedule, newScheduleEntry])}
        >
          {t('numbers.add-hours')}
        </Button>
      </div>
    </div>
  );
}
