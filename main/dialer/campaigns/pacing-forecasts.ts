import type { CampaignMode, PacingForecast } from '#shared/contract/index.ts';
import { inPieces } from '../in-pieces/index.ts';
import { Forecast, type PacerConfigInput } from '../pacing/index.ts';

export interface ForecastQuestion {
  mode: CampaignMode;
  config: PacerConfigInput;
  learned: unknown;
  agents: number;
  /** desktops say when a wrap-up will end */
  notices: boolean;
}

/** Agent-hours that are played through: enough for a percent of silent calls to be told from two. */
const AGENT_HOURS = 60;
const MOST_HOURS = 12;
const PIECE_MS = 60_000;
/** one seed for all settings: they are compared on the same luck */
const SEED = 20_261_122;

/** What a way of pacing would give a team, played through in pieces. */
export function forecastInPieces(question: ForecastQuestion): Promise<PacingForecast> {
  return inPieces(playing(question));
}

function* playing({
  mode,
  config,
  learned,
  agents,
  notices,
}: ForecastQuestion): Generator<void, PacingForecast> {
  const hours = Math.min(MOST_HOURS, Math.max(1, AGENT_HOURS / agents));
  const forecast = new Forecast({ config, learned, agents, hours, seed: SEED, notices });
  while (!forecast.advance(PIECE_MS)) yield;
  const { talkMinutesPerHour, busyMinutesPerHour, silentPercent, dialsPerHour } = forecast.result();
  return {
    mode,
    silentGoalPercent: mode === 'predictive' ? (config.goalPercent ?? null) : null,
    takeBack: config.minRingMs !== undefined,
    talkMinutesPerHour,
    busyMinutesPerHour,
    silentPercent,
    dialsPerHour,
  };
}
