import { Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionRow } from '#shared/contract/index.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import {
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  Panel,
  Phone,
  Select,
} from '../../components/index.ts';
import { DebtorPicker } from '../search/index.ts';
import { DecisionAnswer } from './decision-answer.tsx';
import styles from './decisions-page.module.css';
import { Loaded } from './loaded.tsx';
import { channelWord, reasonLine } from './reason-text.ts';
import { word } from './rule-words.ts';
import { RulesPage } from './rules-page.tsx';
import { type DecisionFilter, useDecisions } from './use-decisions.ts';
import { useWords } from './use-words.ts';

const answers = ['all', 'allowed', 'refused', 'overridden'] as const;
const filters: Record<(typeof answers)[number], DecisionFilter> = {
  all: {},
  allowed: { allowed: true },
  refused: { allowed: false },
  overridden: { overridden: true },
};

/** Every kept answer of the door, with what refused and who allowed an exception. */
export function DecisionsPage() {
  const { t } = useTranslation();
  const [debtorId, setDebtorId] = useQuery('debtor');
  const [callId] = useQuery('call');
  const [written, setAnswer] = useQuery('answer', 'all');
  const [picking, setPicking] = useState(false);
  const answer = answers.find((one) => one === written) ?? 'all';
  const list = useDecisions({
    ...(debtorId ? { debtorId: debtorId as never } : {}),
    ...(callId ? { callId: callId as never } : {}),
    ...filters[answer],
  });
  const columns = useDecisionColumns();
  const debtorName = list.rows.find((row) => row.debtorId === debtorId)?.displayName;
  return (
    <RulesPage section="decisions" fill>
      <Panel title={t('rule-pages.decisions')} hideTitle flush className={styles.panel}>
        <div className={styles.tools}>
          <Select
            label={t('rule-pages.answer')}
            className={styles.answer}
            value={answer}
            onChange={setAnswer}
            options={answers.map((value) => ({ value, label: t(`rule-pages.answers-${value}`) }))}
          />
          {debtorId ? (
            <Button icon={<X size={14} aria-hidden="true" />} onClick={() => setDebtorId('')}>
              {debtorName ?? t('nav.debtor')}
              <span className="visually-hidden">, {t('rule-pages.of-everybody')}</span>
            </Button>
          ) : picking ? (
            <div className={styles.picker}>
              <DebtorPicker
                label={t('rule-pages.of-debtor')}
                autoFocus
                onLeave={() => setPicking(false)}
                onChoose={(hit) => {
                  setPicking(false);
                  setDebtorId(hit.debtorId);
                }}
              />
            </div>
          ) : (
            <Button icon={<Search size={14} aria-hidden="true" />} onClick={() => setPicking(true)}>
              {t('rule-pages.of-debtor')}
            </Button>
          )}
        </div>
        <Loaded data={list.data} lines={10}>
          {() =>
            list.rows.length === 0 ? (
              <EmptyState
                title={t('rule-pages.no-decisions')}
                text={t('rule-pages.no-decisions-text')}
              />
            ) : (
              <DataTable
                id="rule-decisions"
                label={t('rule-pages.decisions')}
                columns={columns}
                rows={list.rows}
                rowId={(row) => row.decisionId}
                onOpen={(row) => navigate(`/rules/decisions/${row.decisionId}`)}
                onEndReached={list.more ? list.loadMore : undefined}
              />
            )
          }
        </Loaded>
      </Panel>
    </RulesPage>
  );
}

function useDecisionColumns(): Column<DecisionRow>[] {
  const words = useWords();
  return useMemo(() => {
    const { t } = words;
    return [
      {
        id: 'at',
        header: t('rule-pages.at'),
        width: 170,
        cell: (row) => (
          <a
            className={styles.link}
            href={toHash(`/rules/decisions/${row.decisionId}`)}
            tabIndex={-1}
          >
            <DateTime at={row.at} />
          </a>
        ),
      },
      {
        id: 'answer',
        header: t('rule-pages.answer'),
        width: 170,
        cell: (row) => <DecisionAnswer row={row} />,
      },
      {
        id: 'debtor',
        header: t('nav.debtor'),
        width: 200,
        cell: (row) => row.displayName ?? '–',
      },
      {
        id: 'channel',
        header: t('rule-pages.channel'),
        width: 150,
        cell: (row) => channelWord(row.channel, words),
      },
      {
        id: 'reasons',
        header: t('rule-pages.refused-by'),
        width: 330,
        cell: (row) => reasonLine(row.blockedBy, words) || '–',
      },
      {
        id: 'exception',
        header: t('rule-pages.exception-by'),
        width: 230,
        cell: (row) =>
          row.overriddenByName === null && row.overrideReason === null
            ? '–'
            : [row.overriddenByName, row.overrideReason].filter(Boolean).join(': '),
      },
      {
        id: 'number',
        header: t('rule-pages.number'),
        width: 150,
        cell: (row) => (row.number ? <Phone number={row.number} /> : '–'),
      },
      {
        id: 'mode',
        header: t('rule-pages.mode'),
        width: 120,
        cell: (row) => word(words, 'mode', row.mode),
      },
    ];
  }, [words]);
}
