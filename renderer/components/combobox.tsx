import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './combobox.module.css';
import popup from './popup.module.css';
import type { SelectOption } from './select.tsx';

export interface ComboboxProps<Value extends string> {
  value: Value | null;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value | null) => void;
  placeholder?: string;
  /** needed when no `Field` around it gives a label */
  label?: string;
  disabled?: boolean;
}

/** A choice out of a long list, found by typing. */
export function Combobox<Value extends string>({
  value,
  options,
  onChange,
  placeholder,
  label,
  disabled = false,
}: ComboboxProps<Value>) {
  const { t } = useTranslation();
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={chosen}
      disabled={disabled}
      onValueChange={(next) => onChange(next?.value ?? null)}
    >
      <div className={styles.control}>
        <Base.Input className={styles.input} placeholder={placeholder} aria-label={label} />
        <Base.Trigger className={styles.trigger} aria-label={t('common.open-list')}>
          <ChevronDown size={14} aria-hidden="true" />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4}>
          <Base.Popup className={popup.popup}>
            <Base.Empty className={popup.empty}>{t('common.nothing-found')}</Base.Empty>
            <Base.List className={popup.list}>
              {(option: SelectOption<Value>) => (
                <Base.Item key={option.value} value={option} className={popup.item}>
                  {option.label}
                  <Base.ItemIndicator className={popup.end}>
                    <Check size={14} aria-hidden="true" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
