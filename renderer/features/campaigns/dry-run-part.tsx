import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DryRun } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { formatDateTime, formatPhone, formatTime } from '../../app/format/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Bars } from '../../components/bars.tsx';
import { Figures } from '../../components/figures.tsx';
import { Button, EmptyState, Field, NumberField } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { packName } from '../debtor-card/pack-name.ts';
import { Loaded } from '../rules/loaded.tsx';
import styles from './dry-run-part.module.css';
import { hoursText, shareText } from './screening.ts';
import { WideSection } from './wide-section.tsx';

/** How many calls, how long, with which numbers, and what rules stop: found without calling anybody. */
export function DryRunPart({
  campaignId,
  unsaved,
}: {
  campaignId: CampaignId;
  /** the form has changes that the run does not know */
  unsaved: boolean;
}) {
  const { t } = useTranslation();
  const [agents, setAgents] = useState<number | null>(null);
  const [asked, setAsked] = useState<{ agents: number | null } | null>(null);
  const data = useQueryData(
    'campaign.dry-run',
    asked === null
      ? null
      : { campaignId, ...(asked.agents === null ? {} : { agents: asked.agents }) },
  );
  return (
    <>
      <WideSection title={t('dry-run.title')} text={t('dry-run.text')}>
        {unsaved ? <Notice tone="wait" title={t('dry-run.unsaved')} /> : null}
        <div className={styles.ask}>
          <Field label={t('dry-run.agents')} className={styles.agents}>
            <NumberField value={agents} min={1} max={500} onChange={setAgents} />
          </Field>
          <Button
            look={asked === null ? 'primary' : 'plain'}
            icon={<FlaskConical size={14} aria-hidden="true" />}
            disabled={asked !== null && data.state === 'loading'}
            onClick={() => {
              // the same question again is asked again
              if (asked !== null && asked.agents === agents) data.reload();
              setAsked({ agents });
            }}
          >
            {t(asked === null ? 'dry-run.start' : 'dry-run.again')}
          </Button>
          <span className={styles.faint}>{t('dry-run.agents-hint')}</span>
        </div>
      </WideSection>
      {asked === null ? (
        <EmptyState
          icon={<FlaskConical size={24} aria-hidden="true" />}
          title={t('dry-run.empty')}
          text={t('dry-run.empty-text')}
        />
      ) : (
        <div className={styles.results} aria-busy={data.state === 'loading'}>
          <Loaded data={data} lines={9}>
            {(run) => <Results run={run} />}
          </Loaded>
        </div>
      )}
    </>
  );
}

function Results({ run }: { run: DryRun }) {
  const { t, i18n } = useTranslation();
  const number = (value: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 }).format(value);
  return (
    <>
      <WideSection title={t('dry-run.outcome')}>
        <Figures
          size="large"
          items={[
            { id: 'calls', label: t('dry-run.calls'), value: number(run.expectedCalls) },
            { id: 'answers', label: t('dry-run.answers'), value: number(run.expectedAnswers) },
            {
              id: 'hours',
              label: t('dry-run.hours'),
              value: run.expectedHours === null ? '–' : hoursText(run.expectedHours, i18n.language),
            },
            {
              id: 'now',
              label: t('dry-run.callable-now'),
              value: number(run.callableNow),
              note: shareText(run.callableNow, run.entries, i18n.language),
            },
            {
              id: 'today',
              label: t('dry-run.callable-today'),
              value: number(run.callableToday),
              note: shareText(run.callableToday, run.entries, i18n.language),
            },
          ]}
        />
        <p className={styles.faint}>
          {run.sampled < run.entries
            ? t('dry-run.sampled', { sampled: number(run.sampled), entries: number(run.entries) })
            : t('dry-run.whole', { count: run.entries })}{' '}
          {t(run.guessed ? 'dry-run.guessed' : 'dry-run.learnt')}{' '}
          {run.expectedHours === null ? '' : `${t('dry-run.with-agents', { count: run.agents })} `}
          {t('dry-run.as-of', { time: formatDateTime(run.at, i18n.language) })}
        </p>
      </WideSection>
      <WideSection title={t('dry-run.by-hour')} text={t('dry-run.by-hour-text')}>
        {run.byHour.length === 0 ? (
          <p className={styles.soft}>{t('dry-run.no-hours')}</p>
        ) : (
          <Bars
            label={t('dry-run.by-hour')}
            bars={run.byHour.map(({ at, callable }, index) => ({
              id: String(at),
              mark: index % 3 === 0 ? formatTime(at, i18n.language) : '',
              value: callable,
              text: `${formatDateTime(at, i18n.language)}: ${number(callable)}`,
            }))}
          />
        )}
      </WideSection>
      <WideSection title={t('dry-run.stopped-by')} text={t('dry-run.stopped-by-text')}>
        <StoppedBy run={run} number={number} />
      </WideSection>
      <div className={styles.pair}>
        <WideSection title={t('dry-run.number-kinds')}>
          <Shares
            empty={t('dry-run.no-numbers')}
            items={run.numberKinds.map((one) => ({
              id: one.kind,
              name: t(`number-kind.${one.kind}`, { defaultValue: one.kind }),
              value: one.entries,
            }))}
            number={number}
          />
        </WideSection>
        <WideSection title={t('dry-run.caller-ids')}>
          <Shares
            empty={t('dry-run.no-caller-ids')}
            items={run.callerIds.map((one) => ({
              id: one.e164,
              name: [formatPhone(one.e164), one.label].filter(Boolean).join(' · '),
              value: one.calls,
            }))}
            number={number}
          />
        </WideSection>
      </div>
    </>
  );
}

function StoppedBy({ run, number }: { run: DryRun; number: (value: number) => string }) {
  const { t, i18n } = useTranslation();
  const rows = [
    ...run.stoppedBy.map((one) => ({
      id: `${one.pack} ${one.rule}`,
      title: t(`rules.because.${one.because}`, { defaultValue: t('rules.because.other') }),
      note: [one.rule === one.because ? null : one.rule, packName(one.pack, t)],
      entries: one.entries,
    })),
    { id: 'no-number', title: t('dry-run.no-number'), note: [], entries: run.noNumber },
    { id: 'excluded', title: t('dry-run.excluded'), note: [], entries: run.excluded },
  ].filter((one) => one.entries > 0);
  if (rows.length === 0) return <p className={styles.soft}>{t('dry-run.nothing-stops')}</p>;
  return (
    <ul className={styles.stopped}>
      {rows.map((one) => (
        <li key={one.id}>
          <span className={styles.count}>{number(one.entries)}</span>
          <span className={styles.words}>
            <strong>{one.title}</strong>
            <span className={styles.faint}>
              {[...one.note, shareText(one.entries, run.entries, i18n.language)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Shares({
  items,
  number,
  empty,
}: {
  items: readonly { id: string; name: string; value: number }[];
  number: (value: number) => string;
  empty: string;
}) {
  const most = Math.max(1e-9, ...items.map((one) => one.value));
  if (items.length === 0) return <p className={styles.soft}>{empty}</p>;
  return (
    <ul className={styles.shares}>
      {items.map((one) => (
        <li key={one.id}>
          <span>{one.name}</span>
          <span className={styles.count}>{number(one.value)}</span>
          <span
            className={styles.share}
            style={{ width: `${Math.round((one.value / most) * 100)}%` }}
            aria-hidden="true"
          />
        </li>
      ))}
    </ul>
  );
}
