import type { ProviderError } from '../common/hand-over.ts';

const login: ProviderError = { kind: 'later', code: 'gateway.login-refused' };
const forbidden: ProviderError = { kind: 'later', code: 'gateway.not-allowed' };
const noCredit: ProviderError = { kind: 'later', code: 'gateway.no-credit' };
const badText: ProviderError = { kind: 'rejected', code: 'gateway.message-refused' };

/** `error.code` and `error_code`; https://dev.serwersms.pl/en/https-api-v2/general-communications */
const meanings: Readonly<Record<number, ProviderError>> = {
  1000: { kind: 'later', code: 'gateway.bad-address' },
  1001: login,
  1002: forbidden,
  1003: { kind: 'later', code: 'gateway.ip-not-allowed' },
  1005: forbidden,
  1007: { kind: 'later', code: 'gateway.account-suspended' },
  2001: { kind: 'rejected', code: 'gateway.bad-number', badAddress: true },
  3000: noCredit,
  3001: forbidden,
  3002: noCredit,
  3003: forbidden,
  3004: noCredit,
  3005: forbidden,
  3009: forbidden,
  3100: { kind: 'later', code: 'gateway.account-suspended' },
  3101: badText,
  3102: badText,
};

export function serwersmsMeaning(code: number): ProviderError {
  return meanings[code] ?? { kind: 'rejected', code: 'gateway.refused' };
}
