import { useTranslation } from 'react-i18next';
import { NumberField, Select } from '../../components/index.ts';
import styles from './duration-field.module.css';
import { type DurationUnit, durationUnits, toDuration, toMs, unitName } from './duration-unit.ts';

const never = 'never';

/**
 * A length of time as people say it: a number and its unit, or, where it is allowed, never.
 * @param valueMs null: never
 */
export function DurationField({
  label,
  valueMs,
  fallbackMs,
  onChange,
  units = durationUnits,
  neverLabel,
}: {
  /** of what; the parts name themselves after it */
  label: string;
  valueMs: number | null;
  /** what it becomes when "never" is taken back */
  fallbackMs: number;
  onChange: (valueMs: number | null) => void;
  units?: readonly DurationUnit[];
  /** absent: it cannot be never */
  neverLabel?: string;
}) {
  const { t, i18n } = useTranslation();
  const { value, unit } = toDuration(valueMs ?? fallbackMs);
  const options: { value: string; label: string }[] = units.map((one) => ({
    value: one,
    label: unitName(one, value, i18n.language),
  }));
  if (neverLabel !== undefined) options.push({ value: never, label: neverLabel });
  return (
    <div className={styles.row} data-never={valueMs === null}>
      {valueMs === null ? null : (
        <NumberField
          label={label}
          value={value}
          min={1}
          onChange={(next) => {
            if (next !== null) onChange(toMs({ value: next, unit }));
          }}
        />
      )}
      <Select
        label={t('campaign.unit-of', { name: label })}
        value={valueMs === null ? never : unit}
        options={options}
        onChange={(next) => {
          if (next === never) onChange(null);
          else onChange(toMs({ value, unit: next as DurationUnit }));
        }}
      />
    </div>
  );
}
