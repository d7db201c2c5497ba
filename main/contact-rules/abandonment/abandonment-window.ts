import { parseDuration } from '#shared/rule-packs/index.ts';
import { msPerDay } from '../zones/zone.ts';
import type { AbandonRateRule } from './budget.ts';

/** The calls that a budget counts: answered in `[from, to)`, epoch ms. */
export interface AbandonmentWindow {
  from: number;
  to: number;
}

/**
 * The window of a rule at `now`: back by the clock, or the period that runs, counted from the start of the campaign. A
 * day is 24 hours, as campaigns have no zone of their own.
 */
export function abandonmentWindow(
  { window }: Pick<AbandonRateRule, 'window'>,
  campaignStartedAt: number,
  now: number,
): AbandonmentWindow {
  const length = parseDuration(window.length);
  const ms = length.kind === 'days' ? length.days * msPerDay : length.ms;
  if (window.type === 'rolling') return { from: now - ms, to: now + 1 };
  const periods = Math.max(0, Math.floor((now - campaignStartedAt) / ms));
  const from = campaignStartedAt + periods * ms;
  return { from, to: from + ms };
}
