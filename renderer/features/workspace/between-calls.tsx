import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useAgent, useCall, useCampaigns, useConnection, useServices } from '../../app/services.ts';
import { Button, EmptyState, Money, Panel } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { type Draft, isEmptyDraft, sortedCampaigns } from '../../stores/index.ts';
import { MissedList } from '../inbound/index.ts';
import { WaitingMessages } from '../inbox/index.ts';
import styles from './between-calls.module.css';

/** Between calls: the day so far, what waits, and what has not been saved. */
export function BetweenCalls() {
  const { t } = useTranslation();
  const missed = useCall((view) => view.missed);
  return (
    <div className={styles.page}>
      <TodayFigures />
      <UnsavedNotes />
      <WaitingMessages />
      <div className={styles.columns}>
        <Panel title={t('inbound.title')} flush>
          {missed.length === 0 ? (
            <EmptyState title={t('inbound.empty')} text={t('inbound.empty-text')} />
          ) : (
            <MissedList items={missed} />
          )}
        </Panel>
        <MyCampaigns />
      </div>
    </div>
  );
}

function TodayFigures() {
  const { t } = useTranslation();
  const today = useAgent((view) => view.today);
  const figures: [string, React.ReactNode][] = [
    [t('today.conversations'), today?.conversations ?? '–'],
    [t('today.calls'), today?.calls ?? '–'],
    [t('today.promises'), today?.promises ?? '–'],
    [
      t('today.promised'),
      today && today.promisedMinor.length > 0 ? (
        <Money key="m" amounts={today.promisedMinor} />
      ) : (
        '–'
      ),
    ],
    [t('today.talk-time'), today ? formatDuration(today.talkTimeMs) : '–'],
    [t('today.callbacks-due'), today?.callbacksDue ?? '–'],
  ];
  return (
    <Panel title={t('today.title')}>
      <dl className={styles.figures}>
        {figures.map(([label, value]) => (
          <div key={label} className={styles.figure}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Notes that a call left behind: nothing typed is lost. */
function UnsavedNotes() {
  const { t } = useTranslation();
  const { stores } = useServices();
  const byKey = useStore(stores.drafts.store, (view) => view.byKey);
  const drafts = Object.entries(byKey).filter(([, draft]) => !isEmptyDraft(draft));
  if (drafts.length === 0) return null;
  return (
    <Panel title={t('note.unsaved')} flush>
      <ul className={styles.drafts}>
        {drafts.map(([key, draft]) => (
          <li key={key} className={styles.draft}>
            {key.startsWith('call-') ? (
              <span>{draft.title}</span>
            ) : (
              <a href={toHash(`/debtor/${key}`)}>{draft.title || t('nav.debtor')}</a>
            )}
            <span className={styles.draftText}>{draftText(draft, t)}</span>
            <Button look="quiet" onClick={() => stores.drafts.discard(key)}>
              {t('note.discard')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The note, else what forms were begun. */
function draftText(draft: Draft, t: TFunction): string {
  if (draft.note.trim() !== '') return draft.note;
  const forms = Object.keys(draft.forms ?? {}).map((name) => name.split(' ')[0] ?? name);
  return [
    ...(draft.promise === null ? [] : [t('work.title-promise')]),
    ...(draft.callbackAt === null ? [] : [t('work.title-callback')]),
    ...[...new Set(forms)].map((name) => t(`work.form-${name}`)),
  ].join(', ');
}

/** Who may start one is led there; others can only wait for it. */
function NoCampaign() {
  const { t } = useTranslation();
  const mayStart = useConnection((view) => view.principal?.role !== 'agent');
  if (!mayStart) {
    return <EmptyState title={t('campaigns.none-mine')} text={t('campaigns.none-mine-text')} />;
  }
  return (
    <EmptyState
      title={t('campaigns.none-running')}
      text={t('campaigns.none-running-text')}
      action={<LinkButton href={toHash('/campaigns')}>{t('campaigns.open')}</LinkButton>}
    />
  );
}

function MyCampaigns() {
  const { t } = useTranslation();
  const ids = useAgent((view) => view.own?.campaignIds);
  const view = useCampaigns((campaigns) => campaigns);
  const own = sortedCampaigns(view).filter((campaign) => ids?.includes(campaign.campaignId));
  return (
    <Panel title={t('campaigns.mine')} flush>
      {own.length === 0 ? (
        <NoCampaign />
      ) : (
        <ul>
          {own.map((campaign) => (
            <li key={campaign.campaignId} className={styles.campaign}>
              <span className={styles.campaignName}>{campaign.name}</span>
              <span className={styles.faint}>{t(`campaign-status.${campaign.status}`)}</span>
              <progress
                className={styles.progress}
                aria-label={t('campaigns.progress', { name: campaign.name })}
                max={Math.max(1, campaign.counters.entries)}
                value={campaign.counters.done}
              />
              <span className={styles.faint}>
                {campaign.counters.done} / {campaign.counters.entries}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
