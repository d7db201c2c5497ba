import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './checkbox.module.css';

/** One choice that takes effect when its form is sent, or one of several. */
export function Checkbox({
  label,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.row}>
      <Base.Root
        className={styles.box}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-labelledby={id}
      >
        <Base.Indicator className={styles.mark}>
          <Check size={12} strokeWidth={3} aria-hidden="true" />
        </Base.Indicator>
      </Base.Root>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the label of the box beside it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box itself takes the keys */}
      <span
        id={id}
        className={styles.label}
        onClick={() => {
          if (!disabled) onChange(!checked);
        }}
      >
        {label}
      </span>
    </div>
  );
}
