import type { TFunction } from 'i18next';
import type { CampaignLive, PacerDecision } from '#shared/contract/index.ts';

/** The numbers of one decision, wherever they come from; null: not told. */
export interface PacerNumbers {
  rule: string;
  /** calls started by the decision */
  dial: number | null;
  cancel: number;
  free: number;
  waiting: number;
  ringing: number;
  expectedAnswers: number | null;
  expectedFree: number | null;
  /** 0 … 1 */
  risk: number | null;
  riskAllowed: number | null;
  answerChance: number | null;
  budget: { rule: string; percent: number | null; left: number; limitPercent: number } | null;
}

type LivePacer = NonNullable<CampaignLive['pacer']>;

export function numbersOfLive(pacer: LivePacer): PacerNumbers {
  return {
    ...pacer,
    dial: pacer.dial ?? null,
    cancel: pacer.cancelled ?? 0,
    budget: pacer.budget ?? null,
  };
}

/** `why` is kept as the pacer wrote it, perhaps by another version: what cannot be read is not told. */
export function numbersOfDecision({ dial, cancel, why }: PacerDecision): PacerNumbers {
  return {
    rule: typeof why.rule === 'string' ? why.rule : '',
    dial,
    cancel: cancel.length,
    free: numberOf(why.free) ?? 0,
    waiting: numberOf(why.waiting) ?? 0,
    ringing: numberOf(why.ringing) ?? 0,
    expectedAnswers: numberOf(why.expectedAnswers),
    expectedFree: numberOf(why.expectedFree),
    risk: numberOf(why.risk),
    riskAllowed: numberOf(why.riskAllowed),
    answerChance: numberOf(why.answerChance),
    budget: budgetOf(why.budget),
  };
}

/**
 * What the pacer saw, what it did and why, as a sentence in the reader's language: "2 calls ring, 0.6 answers expected,
 * 1 agent is free: one more call is dialed; …".
 */
export function pacerSentence(numbers: PacerNumbers, t: TFunction, locale: string): string {
  const situation = clauses(numbers, t, locale).join(t('pacing.joint'));
  const verdict = [verdictOf(numbers, t, locale), takenBack(numbers, t)]
    .filter((part) => part !== null)
    .join(t('pacing.half-stop'));
  const whole = t('pacing.sentence', { situation, verdict });
  return whole.charAt(0).toLocaleUpperCase(locale) + whole.slice(1);
}

function clauses(numbers: PacerNumbers, t: TFunction, locale: string): string[] {
  const { ringing, waiting, free, expectedAnswers, expectedFree } = numbers;
  const tenth = (value: number): string => formatTenth(value, locale);
  return [
    ringing === 0 ? t('pacing.say-none-ringing') : t('pacing.say-ringing', { count: ringing }),
    ...(ringing > 0 && expectedAnswers !== null
      ? [
          t('pacing.say-expected', {
            count: roundTenth(expectedAnswers),
            answers: tenth(expectedAnswers),
          }),
        ]
      : []),
    ...(waiting > 0 ? [t('pacing.say-waiting', { count: waiting })] : []),
    free === 0 ? t('pacing.say-none-free') : t('pacing.say-free', { count: free }),
    ...(expectedFree !== null && expectedFree >= 0.05
      ? [t('pacing.say-soon', { count: roundTenth(expectedFree), agents: tenth(expectedFree) })]
      : []),
  ];
}

function verdictOf(numbers: PacerNumbers, t: TFunction, locale: string): string {
  const { rule, dial, risk, riskAllowed } = numbers;
  const because = becauseOf(numbers, t);
  if (because !== null) {
    return dial === null || dial === 0
      ? because
      : `${because}${t('pacing.half-stop')}${t('pacing.do-dial', { count: dial })}`;
  }
  const chance =
    rule === 'predictive' && risk !== null && riskAllowed !== null
      ? t('pacing.do-chance', {
          risk: formatChance(risk, locale),
          allowed: formatChance(riskAllowed, locale),
        })
      : null;
  const did =
    dial === null
      ? null
      : dial === 0
        ? t('pacing.do-nothing')
        : t('pacing.do-dial', { count: dial });
  return [did, chance].filter((part) => part !== null).join(t('pacing.half-stop'));
}

/** Rules whose name says everything. */
function becauseOf({ rule, budget }: PacerNumbers, t: TFunction): string | null {
  if (rule === 'budget-spent' && budget !== null)
    return t('pacing.because-budget', { rule: budget.rule });
  if (spoken.has(rule)) return t(`pacing.because.${rule}`);
  return null;
}
const spoken = new Set([
  'progressive',
  'power',
  'learning',
  'budget-spent',
  'no-agent',
  'line-limit',
  'stopped',
]);

function takenBack({ cancel }: PacerNumbers, t: TFunction): string | null {
  return cancel === 0 ? null : t('pacing.do-cancel', { count: cancel });
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function budgetOf(value: unknown): PacerNumbers['budget'] {
  if (typeof value !== 'object' || value === null) return null;
  const { rule, percent, left, limitPercent } = value as Record<string, unknown>;
  const limit = numberOf(limitPercent);
  if (typeof rule !== 'string' || limit === null) return null;
  return { rule, percent: numberOf(percent), left: numberOf(left) ?? 0, limitPercent: limit };
}

const roundTenth = (value: number): number => Math.round(value * 10) / 10;

export function formatTenth(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

/** A chance as percent, with as many digits as it needs: "0.4 %", "12 %". */
export function formatChance(chance: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: chance < 0.1 ? 1 : 0,
  }).format(chance);
}
