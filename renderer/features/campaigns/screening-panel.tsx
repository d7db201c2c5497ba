import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignScreening } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDateTime, formatRelative } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useNow } from '../../app/use-now.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { packName } from '../debtor-card/pack-name.ts';
import { nextOpening, shareText } from './screening.ts';
import styles from './screening-panel.module.css';

/** What the rules say of every debtor of the list, without calling anybody. */
export function ScreeningPanel({ campaignId }: { campaignId: Campaign['campaignId'] }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const answer = useQueryData('campaign.screening', { campaignId });
  const [pushed, setPushed] = useState<CampaignScreening | null>(null);
  const { run, busy } = useCommand('campaign.screen');
  useEffect(
    () =>
      client.on('campaign.screened', (screening) => {
        if (screening.campaignId === campaignId) setPushed(screening);
      }),
    [client, campaignId],
  );
  const screening = pushed ?? answer.value;
  const again = async (): Promise<void> => {
    const now = await run({ campaignId });
    if (now !== null) setPushed(now);
  };
  return (
    <Panel
      title={t('screening.title')}
      actions={
        <Button
          look="quiet"
          disabled={busy || screening?.state === 'running'}
          icon={<RefreshCw size={14} aria-hidden="true" />}
          onClick={() => void again()}
        >
          {t('screening.again')}
        </Button>
      }
    >
      {screening === null ? (
        answer.state === 'failed' ? (
          <ErrorState text={errorText(answer.error, t)} onRetry={answer.reload} />
        ) : (
          <Skeleton lines={4} />
        )
      ) : (
        <Screening screening={screening} />
      )}
    </Panel>
  );
}

function Screening({ screening }: { screening: CampaignScreening }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { state, entries, screened, allowedNow, refused, screenedAt } = screening;
  const number = new Intl.NumberFormat(i18n.language);
  const opening = nextOpening(screening, now);
  if (state === 'unavailable') return <p className={styles.soft}>{t('screening.unavailable')}</p>;
  if (entries === 0) return <p className={styles.soft}>{t('screening.nobody')}</p>;
  const refusedNow = refused.reduce((sum, one) => sum + one.entries, 0);
  return (
    <div className={styles.screening}>
      {screened < entries ? (
        <div className={styles.progress} role="status">
          <ProgressBar label={t('screening.progress')} value={screened} max={entries} />
          <span className={styles.soft}>
            {t('screening.looked-at', {
              screened: number.format(screened),
              entries: number.format(entries),
            })}
          </span>
        </div>
      ) : null}
      <dl className={styles.figures}>
        <div>
          <dt>{t('screening.allowed-now')}</dt>
          <dd className={styles.allowed}>{number.format(allowedNow)}</dd>
        </div>
        <div>
          <dt>{t('screening.refused-now')}</dt>
          <dd>{number.format(refusedNow)}</dd>
        </div>
        {opening === null ? null : (
          <div>
            <dt>{t('screening.next')}</dt>
            <dd className={styles.next}>
              {formatDateTime(opening, i18n.language)}{' '}
              <span className={styles.soft}>{formatRelative(opening, now, i18n.language)}</span>
            </dd>
          </div>
        )}
      </dl>
      {refused.length === 0 ? null : (
        <ul className={styles.reasons} aria-label={t('screening.reasons')}>
          {refused.map((one) => (
            <li key={`${one.pack} ${one.rule}`}>
              <span className={styles.count}>{number.format(one.entries)}</span>
              <span className={styles.words}>
                <strong>
                  {t(`rules.because.${one.because}`, { defaultValue: t('rules.because.other') })}
                </strong>
                <span className={styles.soft}>
                  {[
                    one.rule === one.because ? null : one.rule,
                    packName(one.pack, t),
                    shareText(one.entries, entries, i18n.language),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <span className={styles.soft}>
                  {one.firstAt === null
                    ? t('permission.not-before-change')
                    : one.lastAt !== null && one.lastAt > one.firstAt
                      ? t('screening.between', {
                          first: formatDateTime(one.firstAt, i18n.language),
                          last: formatDateTime(one.lastAt, i18n.language),
                        })
                      : t('screening.from', {
                          time: formatDateTime(one.firstAt, i18n.language),
                        })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {screenedAt === null || state === 'running' ? null : (
        <p className={styles.faint}>
          {t('screening.as-of', { time: formatDateTime(screenedAt, i18n.language) })}
        </p>
      )}
    </div>
  );
}
