import { Checkbox } from '../../components/checkbox.tsx';
import { NumberField } from '../../components/index.ts';
import styles from './campaign-fields.module.css';

/** A limit that can be left out: ticked, its number stands beside it. */
export function OptionalNumber({
  label,
  hint,
  value,
  fallback,
  min,
  max,
  unit,
  onChange,
}: {
  label: string;
  hint?: string;
  /** null: no limit */
  value: number | null;
  /** what it becomes when it is ticked */
  fallback: number;
  min: number;
  max: number;
  unit?: string;
  onChange: (value: number | null) => void;
}) {
  return (
    <div className={styles.optional}>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(on) => onChange(on ? fallback : null)}
      />
      {value === null ? null : (
        <NumberField
          label={label}
          value={value}
          min={min}
          max={max}
          {...(unit ? { unit } : {})}
          onChange={(next) => next !== null && onChange(next)}
        />
      )}
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </div>
  );
}
