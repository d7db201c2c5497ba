import type { RetryRules } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { assertNever } from '#shared/util/index.ts';

/** What a new campaign starts with. */
export const defaultRetryRules: RetryRules = {
  busyMs: 5 * 60_000,
  noAnswerMs: 2 * 3_600_000,
  rejectedMs: 24 * 3_600_000,
  machineMs: 24 * 3_600_000,
  networkFailureMs: 30 * 60_000,
  abandonedMs: 72 * 3_600_000,
  maxAttemptsPerDebtor: 5,
};

/**
 * How long to wait before the next try after each verdict of the network.
 * @returns ms, or null: not again by itself
 */
export function retryDelayMs(result: AttemptResult, rules: RetryRules): number | null {
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
      return rules.abandonedMs;
    case 'answered':
    case 'invalidNumber':
      return null;
    default:
      return assertNever(result, 'attempt result');
  }
}
