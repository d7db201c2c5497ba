import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDuration, formatTime } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { EmptyState, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './attempt-list.module.css';
import { type Attempt, useAttempts } from './use-attempts.ts';

/** The last attempts, newest first: whom, what the network said, what the agent said. */
export function AttemptList({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t } = useTranslation();
  const ids = useMemo(() => campaigns.map((one) => one.campaignId as string), [campaigns]);
  const { attempts, error } = useAttempts(ids);
  return (
    <Panel title={t('live.attempts')} flush>
      {attempts === null ? (
        error === null ? (
          <Skeleton lines={5} />
        ) : (
          <ErrorState text={errorText(error, t)} />
        )
      ) : attempts.length === 0 ? (
        <EmptyState title={t('live.no-attempts')} text={t('live.no-attempts-text')} />
      ) : (
        <ScrollRegion
          label={t('scroll.rows-of', { name: t('live.attempts') })}
          className={styles.scroller}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('live.time')}</th>
                <th scope="col">{t('portfolio.name')}</th>
                <th scope="col">{t('live.result')}</th>
                <th scope="col">{t('live.disposition')}</th>
                <th scope="col" className={styles.end}>
                  {t('live.talk')}
                </th>
              </tr>
            </thead>
            <tbody>
              {attempts.map((attempt) => (
                <Row key={attempt.attemptId} attempt={attempt} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

function Row({ attempt }: { attempt: Attempt }) {
  const { t, i18n } = useTranslation();
  const { joinedAt, endedAt } = attempt;
  return (
    <tr>
      <td className={styles.time}>{formatTime(attempt.reservedAt, i18n.language)}</td>
      <td>
        {attempt.debtorId ? (
          <a className={styles.link} href={toHash(`/debtor/${attempt.debtorId}`)}>
            {attempt.debtorName}
          </a>
        ) : (
          '–'
        )}
      </td>
      <td data-result={attempt.attemptResult ?? 'open'} className={styles.result}>
        {attempt.attemptResult === null
          ? t(`live.attempt-state.${attempt.state}`, { defaultValue: attempt.state })
          : t(`attempt-result.${attempt.attemptResult}`)}
      </td>
      <td>
        {attempt.dispositionCode === null
          ? '–'
          : t(`disposition.${attempt.dispositionCode}`, { defaultValue: attempt.dispositionCode })}
      </td>
      <td className={styles.end}>
        {joinedAt === null || endedAt === null ? '–' : formatDuration(endedAt - joinedAt)}
      </td>
    </tr>
  );
}
