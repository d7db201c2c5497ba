import { useTranslation } from 'react-i18next';
import type { PackRow } from '#shared/contract/index.ts';
import { Badge, StatusDot, type Tone } from '../../components/index.ts';
import styles from './pack-status.module.css';

const tones: Record<PackRow['status'], Tone> = {
  draft: 'wait',
  'counsel-approved': 'talk',
  withdrawn: 'stop',
};

/** Whether a lawyer stands behind a pack, said plainly. */
export function PackStatus({ status }: { status: PackRow['status'] }) {
  const { t } = useTranslation();
  return <StatusDot tone={tones[status]} label={t(`rule-pages.status-${status}`)} />;
}

/** What a pack is besides the law of a place. */
export function PackMarks({ row }: { row: PackRow }) {
  const { t } = useTranslation();
  return (
    <span className={styles.marks}>
      {row.own ? <Badge tone="accent">{t('rule-pages.own-mark')}</Badge> : null}
      {row.fallback ? <Badge>{t('rule-pages.safe-base')}</Badge> : null}
      {row.practice ? <Badge>{t('rule-pack.practice')}</Badge> : null}
    </span>
  );
}
