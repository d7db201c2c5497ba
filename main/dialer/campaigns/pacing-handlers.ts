import {
  type CampaignMode,
  type CampaignSettings,
  defaultCampaignSettings,
  type PacingForecast,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Handler, Handlers } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { inPieces } from '../in-pieces/index.ts';
import type { LearnedState } from '../pacing/index.ts';
import {
  type FloorSummary,
  linesOf,
  readDecisions,
  replaying,
  type Segment,
  segmentsOf,
} from '../pacing-log/index.ts';
import type { Campaigns } from './campaigns.ts';
import { learnedOf, pacerConfigOf } from './pacer-config.ts';
import { forecastInPieces } from './pacing-forecasts.ts';

export interface PacingHandlersOptions {
  read: ReadDb;
  campaigns: Campaigns;
  clock: Clock;
}

/** Commands about what pacers decided and what other settings would give. */
export function createPacingHandlers(options: PacingHandlersOptions): Handlers {
  return {
    'campaign.decisions': decisions(options),
    'campaign.replay': replayDay(options),
    'campaign.forecast': forecast(options),
  };
}

function decisions({ read, campaigns }: PacingHandlersOptions): Handler<'campaign.decisions'> {
  return async ({ campaignId, before, after, actionsOnly, limit }) => {
    await campaigns.runner(campaignId)?.pacer?.flush();
    const question = {
      campaignId,
      before: before ?? Number.MAX_SAFE_INTEGER,
      after: after ?? 0,
      actionsOnly,
      limit,
    };
    const found = readDecisions(read, question);
    return {
      more: found.more,
      decisions: found.decisions.map((one) => ({ ...one, why: { ...one.why } })),
    };
  };
}

const DAY_MS = 86_400_000;
/** Longer ago than a few days more nothing is kept. */
const MOST_DAYS = 31;

function replayDay(options: PacingHandlersOptions): Handler<'campaign.replay'> {
  const { campaigns } = options;
  let before: Promise<unknown> = Promise.resolve();
  return async ({ campaignId, from, to, ...asked }) => {
    if (to <= from || to - from > MOST_DAYS * DAY_MS)
      throw new AppError(
        'contract.bad-input',
        `from … to: at most ${MOST_DAYS} days, and one after the other`,
      );
    const { settings } = campaigns.require(campaignId);
    // One after another: several at once would leave the thread as little to calls as one long piece.
    const work = before.then(() => replayRecorded(options, campaignId, from, to));
    before = work.catch(() => {});
    const { day, segments, learned, ...counts } = await work;
    const other = await otherWay(options, campaignId, withAsked(settings, asked), learned, {
      isAsked: Object.values(asked).some((value) => value !== undefined),
      agents: agentsOf(day, segments, from, to),
    });
    return { ...counts, recorded: recordedOf(day), other };
  };
}

async function replayRecorded(
  { read, campaigns }: PacingHandlersOptions,
  campaignId: string,
  from: number,
  to: number,
) {
  await campaigns.runner(campaignId)?.pacer?.flush();
  const segments = segmentsOf(read, campaignId, from, to);
  const days: FloorSummary[] = [];
  let decisions = 0;
  let different = 0;
  let learned: unknown = null;
  for (const { segmentId, configJson } of segments) {
    const lines = linesOf(read, segmentId);
    const replayed = await inPieces(replaying(configJson, lines, from, to));
    decisions += replayed.decisions;
    different += replayed.different;
    learned = replayed.learned;
    days.push(replayed.floor);
  }
  if (decisions === 0)
    throw new AppError('campaign.nothing-recorded', 'no decisions are kept of this time');
  return { decisions, different, learned, segments, day: addUp(days) };
}

type Asked = {
  silentGoalPercent?: number | undefined;
  takeBack?: boolean | undefined;
  mode?: CampaignMode | undefined;
};

function withAsked(settings: CampaignSettings, asked: Asked): CampaignSettings {
  const { pacing } = settings;
  return {
    ...settings,
    mode: asked.mode ?? settings.mode,
    pacing: {
      ...pacing,
      silentGoalPercent: asked.silentGoalPercent ?? pacing.silentGoalPercent,
      takeBack: asked.takeBack ?? pacing.takeBack,
    },
  };
}

/** The same day the other way, simulated from what was seen. */
async function otherWay(
  { read, clock }: PacingHandlersOptions,
  campaignId: string,
  settings: CampaignSettings,
  learned: unknown,
  { isAsked, agents }: { isAsked: boolean; agents: number },
): Promise<PacingForecast | null> {
  if (!isAsked || agents === 0) return null;
  const parts = { read, campaignId, settings, budgets: [], now: clock.now() };
  const { budgets: _none, learned: _now, ...config } = pacerConfigOf(parts);
  const notices = settings.pacing.wrapUpNotices;
  return forecastInPieces({ mode: settings.mode, config, learned, agents, notices });
}

/** How many agents were there on the average while the campaign ran. */
function agentsOf(day: FloorSummary, segments: readonly Segment[], from: number, to: number) {
  const presentMs = day.talkMs + day.wrapUpMs + day.readyMs;
  const ranMs = segments.reduce((sum, { startedAt, endedAt }) => {
    const until = Math.min(to, endedAt ?? day.lastAt);
    return sum + Math.max(0, until - Math.max(from, startedAt));
  }, 0);
  return ranMs === 0 || presentMs === 0 ? 0 : Math.max(1, Math.round(presentMs / ranMs));
}

function addUp(days: readonly FloorSummary[]): FloorSummary {
  const sum = (pick: (day: FloorSummary) => number) =>
    days.reduce((total, day) => total + pick(day), 0);
  return {
    dials: sum((day) => day.dials),
    answered: sum((day) => day.answered),
    connected: sum((day) => day.connected),
    abandoned: sum((day) => day.abandoned),
    cancelled: sum((day) => day.cancelled),
    talkMs: sum((day) => day.talkMs),
    wrapUpMs: sum((day) => day.wrapUpMs),
    readyMs: sum((day) => day.readyMs),
    lastAt: Math.max(0, ...days.map((day) => day.lastAt)),
  };
}

function recordedOf({ dials, answered, connected, abandoned, ...times }: FloorSummary) {
  const busyMs = times.talkMs + times.wrapUpMs;
  const presentMs = busyMs + times.readyMs;
  const of = connected + abandoned;
  return {
    dials,
    answered,
    abandoned,
    busyMinutesPerHour: presentMs === 0 ? null : (60 * busyMs) / presentMs,
    silentPercent: of === 0 ? null : (100 * abandoned) / of,
  };
}

function forecast(options: PacingHandlersOptions): Handler<'campaign.forecast'> {
  const { campaigns, clock } = options;
  return async ({ campaignId, agents, goalsPercent, takeBack, notices }) => {
    const settings =
      campaignId === undefined ? defaultCampaignSettings : campaigns.require(campaignId).settings;
    const learned = campaignId === undefined ? null : learnedNow(options, campaignId);
    const forecasts: PacingForecast[] = [];
    for (const silentGoalPercent of goalsPercent) {
      const mode = settings.mode === 'power' ? 'power' : 'predictive';
      const asked = withAsked(settings, { silentGoalPercent, takeBack, mode });
      const parts = {
        read: options.read,
        campaignId: campaignId ?? '',
        settings: asked,
        budgets: [],
        now: clock.now(),
      };
      const { budgets: _none, learned: _stored, ...config } = pacerConfigOf(parts);
      forecasts.push(await forecastInPieces({ mode, config, learned, agents, notices }));
    }
    return { guessed: !isWarm(learned), forecasts };
  };
}

function learnedNow({ read, campaigns }: PacingHandlersOptions, campaignId: string): unknown {
  return campaigns.runner(campaignId)?.pacer?.learned() ?? learnedOf(read, campaignId);
}

/** Enough was seen for the figures to be the campaign's own. */
function isWarm(learned: unknown): boolean {
  return (learned as LearnedState | null)?.warm === true;
}
