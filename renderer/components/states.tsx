import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './states.module.css';

/** Nothing here yet: says what would be here and offers the step that fills it. */
export function EmptyState({
  icon,
  title,
  text,
  action,
  heading = false,
}: {
  icon?: ReactNode;
  title: string;
  /** the page has no other heading */
  heading?: boolean;
  text?: string;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      {icon ? <div className={styles.icon}>{icon}</div> : null}
      {heading ? (
        <h1 className={styles.title}>{title}</h1>
      ) : (
        <p className={styles.title}>{title}</p>
      )}
      {text ? <p className={styles.text}>{text}</p> : null}
      {action}
    </div>
  );
}

/** Something failed: what, and how to try again. */
export function ErrorState({
  text,
  onRetry,
}: {
  text: string;
  onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="alert">
      <div className={styles.wrong}>
        <CircleAlert size={20} aria-hidden="true" />
      </div>
      <p className={styles.title}>{text}</p>
      {onRetry ? <Button onClick={onRetry}>{t('common.try-again')}</Button> : null}
    </div>
  );
}

/** The place of something that is on its way, in its size. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={line} className={styles.bar} />
      ))}
    </div>
  );
}
