import { useTranslation } from 'react-i18next';
import type { ListFilter } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input, Switch } from '../../components/index.ts';
import { ChoiceList } from './choice-list.tsx';
import { withCondition } from './conditions.ts';
import styles from './contact-condition.module.css';

/** Notes, payments and changes of status are no contact. */
const contactChannels: readonly Channel[] = [
  'call',
  'sms',
  'mms',
  'email',
  'chat',
  'voiceMessage',
  'letter',
  'visit',
  'ivr',
];
const daysOffered = [7, 14, 30, 90] as const;
const dayMs = 86_400_000;

/** When and how somebody was last spoken or written to. */
export function ContactCondition({
  filter,
  onChange,
}: {
  filter: ListFilter;
  onChange: (filter: ListFilter) => void;
}) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const contact = filter.lastContact ?? {};
  const set = (part: NonNullable<ListFilter['lastContact']>): void =>
    onChange(withCondition(filter, 'lastContact', { ...contact, ...part }));
  return (
    <>
      <Switch
        label={t('filter.never-contacted')}
        checked={contact.never ?? false}
        onChange={(never) => onChange(withCondition(filter, 'lastContact', never ? { never } : {}))}
      />
      {contact.never ? null : (
        <>
          <div className={styles.days}>
            {daysOffered.map((days) => (
              <Button
                key={days}
                onClick={() => set({ before: startOfDay(clock.now() - days * dayMs) })}
              >
                {t('filter.not-for', { count: days })}
              </Button>
            ))}
          </div>
          <div className={styles.pair}>
            <DateField
              label={t('filter.contact-after')}
              value={contact.after}
              onChange={(after) => set({ after } as typeof contact)}
            />
            <DateField
              label={t('filter.contact-before')}
              value={contact.before}
              onChange={(before) => set({ before } as typeof contact)}
            />
          </div>
          <ChoiceList
            options={contactChannels.map((value) => ({ value, label: t(`channel.${value}`) }))}
            chosen={contact.channels ?? []}
            onChange={(channels) => set({ channels })}
          />
        </>
      )}
    </>
  );
}

/** A day of the reader's own calendar, as the instant at which it begins. */
export function DateField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | undefined;
  onChange: (at: number | undefined) => void;
}) {
  return (
    <Field label={label}>
      <Input
        type="date"
        value={value === undefined ? '' : isoDateFrom(value, 0)}
        onChange={(event) => {
          const at = new Date(`${event.currentTarget.value}T00:00:00`).getTime();
          onChange(Number.isNaN(at) ? undefined : at);
        }}
      />
    </Field>
  );
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
