import { Pencil, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import { formatDateTime, formatIsoDate, formatPhone } from '../../app/format/index.ts';
import { regionLabel } from '../../app/format/names.ts';
import { useConnection } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Bars } from '../../components/bars.tsx';
import { Badge, Button, DateTime, IconButton, Panel } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { Loaded } from '../rules/loaded.tsx';
import { IntervalBar } from './interval-bar.tsx';
import styles from './number-detail.module.css';
import { NumberForm } from './number-form.tsx';
import { NumberState } from './number-state.tsx';
import { NumberStateActions } from './number-state-actions.tsx';
import { rateText } from './rate-text.ts';
import { scheduleText } from './schedule.ts';

/** One number: what came of showing it, what is said about it, and what can be done. */
export function NumberDetail({
  number,
  onChanged,
  onClose,
}: {
  number: PoolNumber;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <NumberForm
        number={number}
        onClose={() => setEditing(false)}
        onSaved={() => {
          setEditing(false);
          onChanged();
        }}
      />
    );
  }
  return (
    <Panel
      title={formatPhone(number.e164)}
      actions={
        <>
          {mayEdit ? (
            <Button icon={<Pencil size={14} aria-hidden="true" />} onClick={() => setEditing(true)}>
              {t('numbers.edit')}
            </Button>
          ) : null}
          <IconButton
            label={t('common.close')}
            icon={<X size={16} aria-hidden="true" />}
            onClick={onClose}
          />
        </>
      }
    >
      <div className={styles.stack}>
        {number.refusedBecause === null ? null : (
          <Notice tone="stop" title={t(`numbers.refused-${number.refusedBecause}`)}>
            {t(`numbers.refused-text-${number.refusedBecause}`)}
          </Notice>
        )}
        <Facts>
          <Fact name={t('numbers.state')}>
            <NumberState number={number} />
            {number.stateReason === null ? null : (
              <span className={styles.faint}>
                {t(`numbers.reason-${number.stateReason}`, { defaultValue: number.stateReason })}
                {number.stateSince === null
                  ? ''
                  : ` · ${formatDateTime(number.stateSince, i18n.language)}`}
              </span>
            )}
          </Fact>
          <Fact name={t('numbers.trunk')}>{number.trunkName}</Fact>
          <Fact name={t('numbers.place')}>
            {[
              number.country === null ? null : regionLabel(number.country, i18n.language),
              number.region,
            ]
              .filter(Boolean)
              .join(', ') || '–'}
          </Fact>
          <Fact name={t('numbers.against')}>
            <IntervalBar against={number.against} />
          </Fact>
          <Fact name={t('numbers.campaigns')}>{number.campaigns.join(', ') || '–'}</Fact>
          <Fact name={t('numbers.proof')}>
            {number.proof === null ? (
              '–'
            ) : (
              <>
                {t(`numbers.proof-${number.proof.kind}`)}
                <span className={styles.faint}>
                  {[
                    number.proof.note,
                    number.proof.personName,
                    formatDateTime(number.proof.at, i18n.language),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            )}
          </Fact>
          <Fact name={t('numbers.schedule')}>
            {scheduleText(number.schedule, i18n.language) || t('numbers.always')}
          </Fact>
          <Fact name={t('numbers.cap')}>
            {number.maxPerHour === null
              ? t('numbers.no-cap')
              : t('numbers.per-hour', { count: number.maxPerHour })}
          </Fact>
        </Facts>
        <NumberStateActions number={number} onChanged={onChanged} />
        <Results number={number} />
        <Reports number={number} />
      </div>
    </Panel>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Results({ number }: { number: PoolNumber }) {
  const { t, i18n } = useTranslation();
  const data = useQueryData('caller-id.results', { callerIdId: number.callerIdId, days: 30 });
  const count = new Intl.NumberFormat(i18n.language);
  const dayMark = new Intl.DateTimeFormat(i18n.language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const words = (name: string, one: PoolNumber['today']): string =>
    t('numbers.result-spoken', {
      name,
      rate: rateText(one.answerRate, i18n.language),
      calls: count.format(one.calls),
    });
  return (
    <Loaded data={data} lines={5}>
      {({ byHour, byDay, byRegion }) =>
        byDay.length === 0 ? (
          <section className={styles.part}>
            <h3>{t('numbers.results')}</h3>
            <p className={styles.soft}>{t('numbers.no-results')}</p>
          </section>
        ) : (
          <>
            <section className={styles.part}>
              <h3>{t('numbers.by-hour')}</h3>
              <Bars
                label={t('numbers.by-hour')}
                bars={byHour.map((one, index) => ({
                  id: String(one.hour),
                  mark: index % 3 === 0 ? String(one.hour) : '',
                  value: one.answerRate ?? 0,
                  text: words(`${one.hour}:00`, one),
                }))}
              />
            </section>
            <section className={styles.part}>
              <h3>{t('numbers.by-day')}</h3>
              <Bars
                label={t('numbers.by-day')}
                bars={byDay.map((one, index) => ({
                  id: one.day,
                  mark: index % 7 === 0 ? dayMark.format(Date.parse(one.day)) : '',
                  value: one.answerRate ?? 0,
                  text: words(formatIsoDate(one.day, i18n.language), one),
                }))}
              />
            </section>
            <section className={styles.part}>
              <h3>{t('numbers.by-region')}</h3>
              <ul className={styles.regions}>
                {byRegion.map((one) => (
                  <li key={one.region}>
                    <span>{one.region || t('numbers.region-unknown')}</span>
                    <span className={styles.number}>{rateText(one.answerRate, i18n.language)}</span>
                    <span className={styles.faint}>{t('numbers.calls', { count: one.calls })}</span>
                  </li>
                ))}
              </ul>
            </section>
          </>
        )
      }
    </Loaded>
  );
}

function Reports({ number }: { number: PoolNumber }) {
  const { t } = useTranslation();
  const data = useQueryData('caller-id.reports', { callerIdId: number.callerIdId });
  return (
    <section className={styles.part}>
      <h3>{t('numbers.reports')}</h3>
      <Loaded data={data} lines={2}>
        {({ reports }) =>
          reports.length === 0 ? (
            <p className={styles.soft}>{t('numbers.no-reports')}</p>
          ) : (
            <ul className={styles.reports}>
              {reports.map((one) => (
                <li key={one.callerIdReportId}>
                  <Badge tone={one.kind === 'delisted' ? 'talk' : 'stop'}>
                    {t(`numbers.report-${one.kind}`)}
                  </Badge>
                  <span>
                    {one.source}
                    {one.note ? <span className={styles.faint}> {one.note}</span> : null}
                  </span>
                  <span className={styles.faint}>
                    <DateTime at={one.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
