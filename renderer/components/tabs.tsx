import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tabs.module.css';

export interface Tab<Value extends string> {
  value: Value;
  label: string;
  content: ReactNode;
  /** stays while another view is shown: what is typed in it is not lost */
  keep?: boolean;
}

/** Views of one thing, one at a time. Keep the value in the address with `useQuery`. */
export function Tabs<Value extends string>({
  value,
  onChange,
  tabs,
  label,
  fill = false,
}: {
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
  label: string;
  /** the view takes the height that is left, and scrolls inside itself */
  fill?: boolean;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={classNames(styles.root, fill && styles.fill)}
    >
      <Base.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          keepMounted={tab.keep ?? false}
          className={styles.panel}
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
