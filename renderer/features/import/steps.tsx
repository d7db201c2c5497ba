import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './steps.module.css';

/** Where one is in a row of steps. */
export function Steps({ current, names }: { current: number; names: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps} aria-label={t('import.steps')}>
      {names.map((name, index) => (
        <li
          key={name}
          className={styles.step}
          aria-current={index === current ? 'step' : undefined}
          data-done={index < current}
        >
          <span className={styles.number} aria-hidden="true">
            {index < current ? <Check size={12} strokeWidth={3} /> : index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
