import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import styles from './history.module.css';

/** The day that the rows below belong to. */
export const HistoryDay = memo(function HistoryDay({ at }: { at: number }) {
  const { i18n } = useTranslation();
  const { clock } = useServices();
  return <h3 className={styles.day}>{formatDay(at, clock.now(), i18n.language)}</h3>;
});
