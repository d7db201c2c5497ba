import { NumberField as Base } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './number-field.module.css';

export interface NumberFieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  /** shown after the number: "s", "%" */
  unit?: string;
  /** e.g. without grouping, for numbers that are names: ports */
  format?: Intl.NumberFormatOptions;
  disabled?: boolean;
  /** needed when no `Field` around it gives a label */
  label?: string;
}

/** A number with steps; read and written in the reader's locale. */
export function NumberField({ value, onChange, unit, label, ...rest }: NumberFieldProps) {
  const { t, i18n } = useTranslation();
  return (
    <Base.Root {...rest} value={value} onValueChange={onChange} locale={i18n.language}>
      <Base.Group className={styles.group}>
        <Base.Input className={styles.input} aria-label={label} />
        {unit ? <span className={styles.unit}>{unit}</span> : null}
        <Base.Decrement className={styles.step} aria-label={t('common.less')}>
          <Minus size={14} aria-hidden="true" />
        </Base.Decrement>
        <Base.Increment className={styles.step} aria-label={t('common.more')}>
          <Plus size={14} aria-hidden="true" />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  );
}
