import { History, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, PacerDecision } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Panel,
  Skeleton,
  Switch,
} from '../../components/index.ts';
import { dayRange, isDay } from './day-range.ts';
import { DecisionSheet } from './decision-sheet.tsx';
import { formatInstant } from './decision-time.ts';
import styles from './decisions-panel.module.css';
import { formatChance, formatTenth, numbersOfDecision } from './pacer-sentence.ts';
import { ReplayPanel } from './replay-panel.tsx';
import { ruleName } from './rule-name.ts';
import { useDecisions } from './use-decisions.ts';

/** Every decision of the pacer with the numbers that made it, and a day of them taken up again with another setting. */
export function DecisionsPanel({ campaign }: { campaign: Campaign }) {
  return (
    <div className={styles.columns}>
      <Table campaign={campaign} />
      <ReplayPanel campaign={campaign} />
    </div>
  );
}

function Table({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const today = isoDateFrom(clock.now(), 0);
  const [day, setDay] = useQuery('day');
  const [all, setAll] = useQuery('all');
  const date = isDay(day) ? day : today;
  const found = useDecisions({
    campaignId: campaign.campaignId,
    ...dayRange(date),
    actionsOnly: all !== 'yes',
  });
  const [openAt, setOpenAt] = useState<number | null>(null);
  const open = found.decisions?.find((one) => one.at === openAt) ?? null;
  return (
    <Panel
      className={styles.table}
      title={t('pacing.decisions')}
      flush
      actions={
        <Button
          look="quiet"
          icon={<RefreshCw size={14} aria-hidden="true" />}
          disabled={found.loading}
          onClick={found.reload}
        >
          {t('pacing.reload')}
        </Button>
      }
    >
      <div className={styles.filters}>
        <Field label={t('pacing.day')} className={styles.day}>
          <Input
            type="date"
            max={today}
            value={date}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </Field>
        <Switch
          label={t('pacing.actions-only')}
          checked={all !== 'yes'}
          onChange={(only) => setAll(only ? '' : 'yes')}
        />
      </div>
      <Rows
        found={found}
        isToday={date === today}
        openAt={openAt}
        onOpen={(decision) => setOpenAt(decision.at)}
      />
      <DecisionSheet decision={open} onClose={() => setOpenAt(null)} />
    </Panel>
  );
}

function Rows({
  found,
  isToday,
  openAt,
  onOpen,
}: {
  found: ReturnType<typeof useDecisions>;
  isToday: boolean;
  openAt: number | null;
  onOpen: (decision: PacerDecision) => void;
}) {
  const { t, i18n } = useTranslation();
  const columns = useMemo(() => columnsOf(t, i18n.language), [t, i18n.language]);
  if (found.decisions === null) {
    return found.error === null ? (
      <Skeleton lines={9} />
    ) : (
      <ErrorState text={errorText(found.error, t)} onRetry={found.reload} />
    );
  }
  if (found.decisions.length === 0) {
    return (
      <EmptyState
        icon={<History size={24} aria-hidden="true" />}
        title={t('pacing.no-decisions')}
        text={t(isToday ? 'pacing.no-decisions-today' : 'pacing.no-decisions-day')}
      />
    );
  }
  return (
    <>
      <DataTable
        id="pacer-decisions"
        label={t('pacing.decisions')}
        columns={columns}
        rows={found.decisions}
        rowId={(row) => String(row.at)}
        currentId={openAt === null ? null : String(openAt)}
        onOpen={onOpen}
        onCurrent={onOpen}
        onEndReached={found.more ? found.loadMore : undefined}
      />
      <p className={styles.foot} role="status">
        {found.error === null
          ? t(found.more ? 'pacing.shown-more' : 'pacing.shown-all', {
              count: found.decisions.length,
            })
          : errorText(found.error, t)}
        {found.more ? (
          <Button look="quiet" disabled={found.loading} onClick={found.loadMore}>
            {t('pacing.older')}
          </Button>
        ) : null}
      </p>
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function columnsOf(t: Translate, locale: string): Column<PacerDecision>[] {
  const count = (value: number): string => new Intl.NumberFormat(locale).format(value);
  return [
    {
      id: 'at',
      header: t('live.time'),
      cell: (row) => formatInstant(row.at, locale),
      width: 118,
    },
    {
      id: 'dial',
      header: t('pacing.dialed'),
      cell: (row) => (row.dial === 0 ? '–' : `+${count(row.dial)}`),
      width: 76,
      align: 'end',
    },
    {
      id: 'cancel',
      header: t('pacing.taken-back'),
      cell: (row) => (row.cancel.length === 0 ? '–' : count(row.cancel.length)),
      width: 88,
      align: 'end',
    },
    {
      id: 'rule',
      header: t('pacing.rule'),
      cell: (row) => ruleName(numbersOfDecision(row).rule, t),
      width: 144,
    },
    {
      id: 'free',
      header: t('pacing.short-free'),
      cell: (row) => count(numbersOfDecision(row).free),
      width: 76,
      align: 'end',
    },
    {
      id: 'ringing',
      header: t('pacing.short-ringing'),
      cell: (row) => count(numbersOfDecision(row).ringing),
      width: 88,
      align: 'end',
    },
    {
      id: 'expected',
      header: t('pacing.short-expected'),
      cell: (row) => {
        const { expectedAnswers } = numbersOfDecision(row);
        return expectedAnswers === null ? '–' : formatTenth(expectedAnswers, locale);
      },
      width: 88,
      align: 'end',
    },
    {
      id: 'risk',
      header: t('pacing.risk-of-allowed'),
      cell: (row) => {
        const { risk, riskAllowed } = numbersOfDecision(row);
        if (risk === null) return '–';
        const own = formatChance(risk, locale);
        return riskAllowed === null ? own : `${own} / ${formatChance(riskAllowed, locale)}`;
      },
      width: 150,
    },
  ];
}
