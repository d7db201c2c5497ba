import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatPhone } from '../../app/format/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { DateTime, ErrorState, IconButton, Skeleton } from '../../components/index.ts';
import styles from './contact-points.module.css';

/** What this contact point was before each correction. */
export function ContactPointHistory({
  point,
  onClose,
}: {
  point: ContactPoint;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const answer = useQueryData('contact-point.history', { contactPointId: point.contactPointId });
  return (
    <section className={styles.below} aria-label={t('contact-point.history')}>
      <header className={styles.belowHead}>
        <h3>{t('contact-point.history')}</h3>
        <IconButton
          label={t('common.close')}
          icon={<X size={14} aria-hidden="true" />}
          onClick={onClose}
        />
      </header>
      {answer.state === 'failed' ? (
        <ErrorState text={errorText(answer.error, t)} onRetry={answer.reload} />
      ) : answer.value === null ? (
        <Skeleton lines={2} />
      ) : (
        <ol className={styles.versions}>
          {answer.value.versions.map((version) => (
            <li key={`${version.at} ${version.value}`} className={styles.version}>
              <span className={styles.former}>{formatPhone(version.value)}</span>
              <span>
                {[
                  t(`contact-point.${version.kind}`),
                  version.label,
                  version.speakTo,
                  version.status === 'active' ? null : t(`contact-point.status-${version.status}`),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className={styles.tried}>
                {t('contact-point.until')} <DateTime at={version.at} />
                {version.agentName ? ` · ${version.agentName}` : null}
                {version.reason ? ` · ${version.reason}` : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
