import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignId } from '#shared/domain/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Loaded } from '../rules/loaded.tsx';
import styles from './goal-table.module.css';

const goals = [0, 0.5, 1, 2, 3, 5] as const;

/** What several goals would give, in numbers; asked once it is opened. The goal that is chosen stands among them. */
export function GoalTable({
  campaignId,
  agents,
  takeBack,
  notices,
  goalPercent,
}: {
  campaignId?: CampaignId;
  agents: number;
  takeBack: boolean;
  notices: boolean;
  goalPercent: number;
}) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const asked = [...new Set([...goals, goalPercent])].sort((a, b) => a - b);
  const data = useQueryData(
    'campaign.forecast',
    open
      ? { ...(campaignId ? { campaignId } : {}), agents, goalsPercent: asked, takeBack, notices }
      : null,
  );
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  const percent = (value: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 }).format(
      value / 100,
    );
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{t('campaign.goals')}</summary>
      {open ? (
        <Loaded data={data} lines={5}>
          {({ forecasts }) => (
            <table className={styles.table} aria-busy={data.state === 'loading'}>
              <thead>
                <tr>
                  <th scope="col">{t('campaign.goal')}</th>
                  <th scope="col">{t('campaign.goal-talk')}</th>
                  <th scope="col">{t('campaign.goal-silent')}</th>
                  <th scope="col">{t('campaign.goal-dials')}</th>
                </tr>
              </thead>
              <tbody>
                {forecasts
                  .filter((one) => one.silentGoalPercent !== null)
                  .map((one) => (
                    <tr
                      key={one.silentGoalPercent}
                      aria-current={one.silentGoalPercent === goalPercent ? 'true' : undefined}
                    >
                      <th scope="row">{percent(one.silentGoalPercent ?? 0)}</th>
                      <td>{number(one.talkMinutesPerHour, 1)}</td>
                      <td>{percent(one.silentPercent)}</td>
                      <td>{number(one.dialsPerHour, 0)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          )}
        </Loaded>
      ) : null}
    </details>
  );
}
