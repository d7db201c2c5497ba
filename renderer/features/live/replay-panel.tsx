import { Rewind } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignMode, CommandOutput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatIsoDate, isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import {
  Button,
  Field,
  Input,
  NumberField,
  Panel,
  Select,
  Skeleton,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { dayRange, isDay } from './day-range.ts';
import { formatTenth } from './pacer-sentence.ts';
import styles from './replay-panel.module.css';

type Replay = CommandOutput<'campaign.replay'>;
type OtherMode = Exclude<CampaignMode, 'preview'>;
type TakeBack = 'same' | 'yes' | 'no';
type State =
  | { kind: 'none' }
  | { kind: 'running' }
  | { kind: 'done'; date: string; replay: Replay }
  | { kind: 'failed'; error: unknown };

/** A day taken up again: with its own setting the decisions must come out the same, with another one it is simulated. */
export function ReplayPanel({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { client, clock } = useServices();
  const [date, setDate] = useState(() => isoDateFrom(clock.now(), -1));
  const [mode, setMode] = useState<OtherMode | 'same'>('same');
  const [goalPercent, setGoalPercent] = useState<number | null>(null);
  const [takeBack, setTakeBack] = useState<TakeBack>('same');
  const [state, setState] = useState<State>({ kind: 'none' });
  const replay = (): void => {
    setState({ kind: 'running' });
    client
      .send('campaign.replay', {
        campaignId: campaign.campaignId,
        ...dayRange(date),
        ...(mode === 'same' ? {} : { mode }),
        ...(goalPercent === null ? {} : { silentGoalPercent: goalPercent }),
        ...(takeBack === 'same' ? {} : { takeBack: takeBack === 'yes' }),
      })
      .then(
        (value) => setState({ kind: 'done', date, replay: value }),
        (error: unknown) => setState({ kind: 'failed', error }),
      );
  };
  return (
    <Panel title={t('replay.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isDay(date)) replay();
        }}
      >
        <p className={styles.note}>{t('replay.text')}</p>
        <Field label={t('pacing.day')}>
          <Input
            type="date"
            required
            max={isoDateFrom(clock.now(), 0)}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('replay.mode')}>
          <Select
            value={mode}
            onChange={setMode}
            options={[
              { value: 'same', label: t('replay.as-it-was') },
              { value: 'progressive', label: t('live.mode-name.progressive') },
              { value: 'power', label: t('live.mode-name.power') },
              { value: 'predictive', label: t('live.mode-name.predictive') },
            ]}
          />
        </Field>
        <Field label={t('replay.goal')} hint={t('replay.goal-hint')}>
          <NumberField
            value={goalPercent}
            min={0}
            max={5}
            step={0.1}
            unit="%"
            onChange={setGoalPercent}
          />
        </Field>
        <Field label={t('live.take-back')}>
          <Select
            value={takeBack}
            onChange={setTakeBack}
            options={[
              { value: 'same', label: t('replay.as-it-was') },
              { value: 'yes', label: t('replay.with') },
              { value: 'no', label: t('replay.without') },
            ]}
          />
        </Field>
        <Button
          type="submit"
          look="primary"
          icon={<Rewind size={14} aria-hidden="true" />}
          disabled={state.kind === 'running' || !isDay(date)}
        >
          {t('replay.run')}
        </Button>
      </form>
      <div className={styles.result} aria-live="polite">
        <Outcome state={state} />
      </div>
    </Panel>
  );
}

function Outcome({ state }: { state: State }) {
  const { t } = useTranslation();
  if (state.kind === 'none') return null;
  if (state.kind === 'running') return <Skeleton lines={4} />;
  if (state.kind === 'done') return <Result date={state.date} replay={state.replay} />;
  const nothing =
    state.error instanceof AppError && state.error.code === 'campaign.nothing-recorded';
  return (
    <Notice tone={nothing ? 'neutral' : 'stop'} title={errorText(state.error, t)}>
      {nothing ? t('replay.nothing') : null}
    </Notice>
  );
}

function Result({ date, replay }: { date: string; replay: Replay }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const { recorded, other, decisions, different } = replay;
  const minutes = (value: number | null): string =>
    value === null ? '–' : formatTenth(value, locale);
  const percent = (value: number | null): string =>
    value === null
      ? '–'
      : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
          value / 100,
        );
  return (
    <>
      {different === 0 ? (
        <Notice tone="talk" title={t('replay.identical', { count: decisions })} />
      ) : (
        <Notice tone="wait" title={t('replay.different', { different, count: decisions })}>
          {t('replay.different-text')}
        </Notice>
      )}
      <table className={styles.compare}>
        <caption className="visually-hidden">{formatIsoDate(date, locale)}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('replay.recorded')}</th>
            {other === null ? null : <th scope="col">{t('replay.simulated')}</th>}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('live.busy-minutes')}</th>
            <td>{minutes(recorded.busyMinutesPerHour)}</td>
            {other === null ? null : <td>{minutes(other.busyMinutesPerHour ?? null)}</td>}
          </tr>
          <tr>
            <th scope="row">{t('live.silent')}</th>
            <td>{percent(recorded.silentPercent)}</td>
            {other === null ? null : <td>{percent(other.silentPercent)}</td>}
          </tr>
        </tbody>
      </table>
      <p className={styles.note}>
        {t('replay.recorded-of', {
          dials: recorded.dials,
          answered: recorded.answered,
          abandoned: recorded.abandoned,
        })}
      </p>
      {other === null ? null : <p className={styles.note}>{t('replay.simulation')}</p>}
    </>
  );
}
