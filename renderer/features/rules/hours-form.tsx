import { useState } from 'react';
import type { Week } from '#shared/rule-packs/index.ts';
import { Button, Field, Input } from '../../components/index.ts';
import { problemOfField, readWindows, writeWindows } from './pack-draft.ts';
import styles from './rule-editor.module.css';
import type { RuleFormProps } from './rule-form-parts.tsx';
import { useWords } from './use-words.ts';
import { dayName, weekDays } from './week-rows.ts';

const fields = [...weekDays, 'holiday'] as const;
type DayField = (typeof fields)[number];

/** A week's hours, typed day by day: `08:00–12:00, 13:00–20:00`; empty is closed. */
export function HoursForm({ rule, problems, onChange }: RuleFormProps) {
  const { t, locale } = useWords();
  const week = (rule.week ?? {}) as Week;
  const set = (part: Week): void => onChange({ week: { ...week, ...part } });
  const name = (day: DayField): string =>
    day === 'holiday' ? t('rule-pages.holidays') : dayName(weekDays.indexOf(day), locale);
  return (
    <>
      <div className={styles.week}>
        {fields.map((day) => (
          <DayHours
            key={day}
            label={name(day)}
            windows={week[day] ?? []}
            problem={problemOfField(problems, `week.${day}`)}
            onChange={(windows) => set({ [day]: windows })}
          />
        ))}
      </div>
      <div className={styles.buttons}>
        <Button
          look="quiet"
          onClick={() => {
            const monday = week.mon ?? [];
            set({ tue: monday, wed: monday, thu: monday, fri: monday });
          }}
        >
          {t('rule-editor.like-monday')}
        </Button>
        <Button look="quiet" onClick={() => set({ sat: [], sun: [], holiday: [] })}>
          {t('rule-editor.close-weekend')}
        </Button>
      </div>
      {problemOfField(problems, 'calendar') ? (
        <p className={styles.problem}>{problemOfField(problems, 'calendar')}</p>
      ) : null}
    </>
  );
}

function DayHours({
  label,
  windows,
  problem,
  onChange,
}: {
  label: string;
  windows: readonly (readonly [string, string])[];
  problem: string | null;
  onChange: (windows: [string, string][]) => void;
}) {
  const { t } = useWords();
  // what is typed stays as it is typed until the field is left; then it is written the usual way
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readWindows(typed) === null;
  return (
    <Field label={label} error={wrong ? t('rule-editor.bad-hours') : problem}>
      <Input
        placeholder={t('rule-pages.closed')}
        value={typed ?? writeWindows(windows)}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const read = readWindows(text);
          if (read !== null) onChange(read);
        }}
        onBlur={() => {
          if (!wrong) setTyped(null);
        }}
      />
    </Field>
  );
}
