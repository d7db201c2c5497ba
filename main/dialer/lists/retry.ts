import type { CampaignSettings } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { assertNever } from '#shared/util/index.ts';

/**
 * How long to wait before the next try after each verdict of the network. Who met silence waits as long as both the
 * retries and the cool-down of silent calls say.
 * @returns ms, or null: not again by itself
 */
export function retryDelayMs(
  result: AttemptResult,
  { retry: rules, silentCoolDownMs }: Pick<CampaignSettings, 'retry' | 'silentCoolDownMs'>,
): number | null {
  switch (result) {
    case 'busy':
      return rules.busyMs;
    case 'noAnswer':
    case 'interrupted':
      // An interrupted call may have rung: it waits as long as an unanswered one.
      return rules.noAnswerMs;
    case 'rejected':
      return rules.rejectedMs;
    case 'machine':
      return rules.machineMs;
    case 'networkFailure':
    case 'cancelled':
      return rules.networkFailureMs;
    case 'abandoned':
      return rules.abandonedMs === null || silentCoolDownMs === null
        ? null
        : Math.max(rules.abandonedMs, silentCoolDownMs);
    case 'answered':
    case 'invalidNumber':
      return null;
    default:
      return assertNever(result, 'attempt result');
  }
}
