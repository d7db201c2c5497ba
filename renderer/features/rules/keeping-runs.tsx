import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { formatDateTime } from '../../app/format/index.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  Confirm,
  DateTime,
  EmptyState,
  Panel,
  StatusDot,
  toast,
} from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './keeping-page.module.css';
import { Loaded } from './loaded.tsx';
import { placeName } from './place-name.ts';
import { word } from './rule-words.ts';
import { useWords } from './use-words.ts';

type Result = CommandOutput<'rules.preview-retention'>['results'][number];

/** What would go now, the daily job by hand, and the reports of its runs. */
export function KeepingRuns() {
  const { t, i18n } = useTranslation();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const preview = useQueryData('rules.preview-retention', {});
  const runs = useQueryData('rules.list-retention-runs', {});
  const [asking, setAsking] = useState(false);
  const job = useCommand('rules.run-retention');
  const removed = (preview.value?.results ?? []).reduce((sum, one) => sum + one.removed, 0);
  const run = async (): Promise<void> => {
    setAsking(false);
    const done = await job.run({});
    if (done === null) return;
    const failed = done.state === 'failed';
    const text = failed ? t('rule-keeping.state-failed') : t('rule-keeping.has-run');
    toast(failed ? 'failed' : 'done', text);
    announce(text);
    preview.reload();
    runs.reload();
  };
  return (
    <>
      <Panel
        title={t('rule-keeping.due')}
        flush
        actions={
          admin ? (
            <Button
              icon={<Trash2 size={14} aria-hidden="true" />}
              disabled={job.busy || (removed === 0 && preview.value?.complete !== false)}
              onClick={() => setAsking(true)}
            >
              {t('rule-keeping.run')}
            </Button>
          ) : null
        }
      >
        <Loaded data={preview} lines={3}>
          {({ results, complete }) =>
            results.length === 0 && complete ? (
              <EmptyState
                title={t('rule-keeping.nothing-due')}
                text={t('rule-keeping.nothing-due-text')}
              />
            ) : (
              <>
                {complete ? null : <p className={styles.faint}>{t('rule-keeping.lower-bound')}</p>}
                <Results results={results} label={t('rule-keeping.due')} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Panel title={t('rule-keeping.runs')} flush>
        <Loaded data={runs} lines={3}>
          {(value) =>
            value.runs.length === 0 ? (
              <EmptyState title={t('rule-keeping.no-runs')} text={t('rule-keeping.no-runs-text')} />
            ) : (
              <ul>
                {value.runs.map((one) => (
                  <li key={one.retentionRunId} className={styles.run}>
                    <details>
                      <summary>
                        <DateTime at={one.startedAt} />
                        <StatusDot
                          tone={
                            one.state === 'failed'
                              ? 'stop'
                              : one.state === 'running'
                                ? 'accent'
                                : 'talk'
                          }
                          label={t(`rule-keeping.state-${one.state}`)}
                        />
                        <span className={styles.faint}>
                          {one.personName ?? t('rule-keeping.by-itself')}
                          {' · '}
                          {t('rule-keeping.removed-count', {
                            count: one.results.reduce((sum, result) => sum + result.removed, 0),
                          })}
                        </span>
                      </summary>
                      <Results
                        results={one.results}
                        label={`${t('rule-keeping.report')} ${formatDateTime(one.startedAt, i18n.language)}`}
                      />
                    </details>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      <Confirm
        open={asking}
        destructive
        title={t('rule-keeping.run-question', { count: removed })}
        text={t('rule-keeping.run-text')}
        action={t('rule-keeping.run')}
        onConfirm={() => void run()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

function Results({ results, label }: { results: readonly Result[]; label: string }) {
  const words = useWords();
  const { t, locale } = words;
  const number = new Intl.NumberFormat(locale);
  return (
    <ScrollRegion className={styles.scroll} label={t('rule-keeping.table-of', { name: label })}>
      <table className={styles.table}>
        <thead>
          <tr>
            {(['place', 'record', 'removed', 'held', 'oldest', 'size'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`rule-keeping.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={`${result.jurisdiction} ${result.artefact}`}>
              <td>{placeName(result.jurisdiction, words)}</td>
              <th scope="row">{word(words, 'artefact', result.artefact)}</th>
              <td>{number.format(result.removed)}</td>
              <td>{number.format(result.keptByHold)}</td>
              <td>{result.oldest === null ? '–' : <DateTime at={result.oldest} />}</td>
              <td>{formatBytes(result.bytes, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
