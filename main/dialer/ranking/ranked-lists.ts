import { createHash } from 'node:crypto';
import type { ListFilter, ListStrategy, StrategyProperty } from '#shared/contract/index.ts';
import type { RankQuery } from '../../debtors/index.ts';
import { localDate, weightsOn } from '../../debtors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { filterDigest } from '../lists/index.ts';
import { readCampaignSettings } from '../settings/index.ts';
import { payModelOf } from './pay-source.ts';

/** Grows whenever the program computes places otherwise: lists are then ranked anew. */
const METHOD = 1;
/** a day changes what they are worth */
const OF_DAYS: readonly StrategyProperty[] = ['age', 'sinceContact', 'brokenPromise', 'limitation'];

interface Row {
  campaignId: string;
  portfolioId: string;
  settingsJson: string;
}

/** Lists of campaigns that run, are paused or were never started; running ones first. @param at epoch ms */
export function readRankedLists(read: ReadDb, at: number): RankQuery[] {
  return read
    .all<Row>(
      `SELECT id AS campaignId, portfolioId, settingsJson FROM campaign
        WHERE deletedAt IS NULL AND status IN ('running','paused','draft')
        ORDER BY status = 'running' DESC, createdAt DESC, id`,
    )
    .map(({ settingsJson, ...ids }) => {
      const { strategy } = readCampaignSettings(settingsJson);
      const weights = weightsOn(strategy, firmDate(at));
      const order = [
        METHOD,
        strategy,
        weights,
        weighsPay(strategy) ? payModelOf(read) : null,
        timeOf(strategy, at),
      ];
      const revision = `${filterDigest(strategy)}.${digest(order)}`;
      return { ...ids, strategy, weights, revision };
    });
}

/** The firm's calendar is that of the machine its engine runs on. @returns `YYYY-MM-DD` */
export function firmDate(at: number): string {
  return localDate(at, Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** The part of the time that the order hangs on: the hour, the day, or nothing. */
function timeOf(strategy: ListStrategy, at: number): string | null {
  const weighs = (property: StrategyProperty) => isWeighed(strategy, property);
  if (weighs('answersNow')) return new Date(at).toISOString().slice(0, 13);
  const filters = [strategy.filter, ...strategy.priorities.map(({ filter }) => filter)];
  return OF_DAYS.some(weighs) || filters.some(isOfDays) ? firmDate(at) : null;
}

function weighsPay(strategy: ListStrategy): boolean {
  return isWeighed(strategy, 'payScore');
}

function isWeighed(strategy: ListStrategy, property: StrategyProperty): boolean {
  const weights = [strategy.weights, ...strategy.periods.map((period) => period.weights)];
  return weights.some((each) => each[property]);
}

function isOfDays({ age }: ListFilter): boolean {
  return age !== undefined;
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
