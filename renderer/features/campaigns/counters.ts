import type { CampaignCounters } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import type { Figure } from '../../components/figures.tsx';

/** The share of people who answered and met nobody that the law and the design allow, percent. */
export const abandonmentLimitPercent = 3;

export interface Abandonment {
  /** abandoned ÷ (connected + abandoned), in percent; null before the first person */
  ratePercent: number | null;
  over: boolean;
}

/** Formula of design §7: the attempts of the whole campaign, as counted in the store. */
export function abandonment(
  counters: Pick<CampaignCounters, 'connected' | 'abandoned'>,
): Abandonment {
  const people = counters.connected + counters.abandoned;
  if (people === 0) return { ratePercent: null, over: false };
  const ratePercent = (counters.abandoned / people) * 100;
  return { ratePercent, over: ratePercent > abandonmentLimitPercent };
}

/** Counters of several campaigns as one. */
export function sumCounters(all: readonly CampaignCounters[]): CampaignCounters {
  const dispositions: Record<string, number> = {};
  const sum = { ...zeroCounters };
  for (const one of all) {
    for (const name of countNames) sum[name] += one[name];
    for (const [code, count] of Object.entries(one.dispositions)) {
      dispositions[code] = (dispositions[code] ?? 0) + count;
    }
  }
  const known = all.flatMap(({ leftOut }) => (leftOut === undefined ? [] : [leftOut]));
  const leftOut = known.reduce((total, count) => total + count, 0);
  return { ...sum, dispositions, ...(known.length > 0 ? { leftOut } : {}) };
}

type CountName = Exclude<keyof CampaignCounters, 'dispositions' | 'leftOut'>;

const zeroCounters: Record<CountName, number> = {
  entries: 0,
  pending: 0,
  waiting: 0,
  inProgress: 0,
  done: 0,
  skipped: 0,
  attempts: 0,
  answered: 0,
  connected: 0,
  abandoned: 0,
  busy: 0,
  noAnswer: 0,
  failed: 0,
  interrupted: 0,
  promises: 0,
  talkTimeMs: 0,
};
const countNames = Object.keys(zeroCounters) as CountName[];

/** A whole share in percent, or null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

export function formatPercent(percent: number | null, locale: string, digits = 0): string {
  if (percent === null) return '–';
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(percent / 100);
}

/** The counters of calls as figures, in the order in which a call passes them. */
export function counterFigures(
  counters: CampaignCounters,
  t: (key: string) => string,
  locale: string,
): Figure[] {
  const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const share = (part: number, whole: number): string =>
    formatPercent(shareOf(part, whole), locale);
  const { attempts, connected } = counters;
  return [
    { id: 'attempts', label: t('counter.attempts'), value: number(attempts) },
    {
      id: 'answered',
      label: t('counter.answered'),
      value: number(counters.answered),
      note: share(counters.answered, attempts),
    },
    {
      id: 'connected',
      label: t('counter.connected'),
      value: number(connected),
      note: share(connected, attempts),
    },
    { id: 'abandoned', label: t('counter.abandoned'), value: number(counters.abandoned) },
    {
      id: 'noAnswer',
      label: t('counter.noAnswer'),
      value: number(counters.noAnswer),
      note: share(counters.noAnswer, attempts),
    },
    {
      id: 'busy',
      label: t('counter.busy'),
      value: number(counters.busy),
      note: share(counters.busy, attempts),
    },
    {
      id: 'failed',
      label: t('counter.failed'),
      value: number(counters.failed),
      note: share(counters.failed, attempts),
    },
    ...(counters.interrupted > 0
      ? [
          {
            id: 'interrupted',
            label: t('counter.interrupted'),
            value: number(counters.interrupted),
          },
        ]
      : []),
    {
      id: 'promises',
      label: t('counter.promises'),
      value: number(counters.promises),
      note: share(counters.promises, connected),
    },
    { id: 'talkTime', label: t('counter.talkTime'), value: formatDuration(counters.talkTimeMs) },
    {
      id: 'meanTalk',
      label: t('counter.meanTalk'),
      // nobody has hung up yet: there is no mean
      value:
        connected === 0 || counters.talkTimeMs === 0
          ? '–'
          : formatDuration(counters.talkTimeMs / connected),
    },
  ];
}
