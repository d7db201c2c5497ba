import { createHmac } from 'node:crypto';
import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import {
  baseOf,
  type Credentials,
  flagField,
  type HttpProvider,
  microField,
  noDetails,
  type ProviderRequest,
  textField,
} from '../provider.ts';

const OWN_URL = 'https://www.hlr-lookups.com/api/v2';
const PATH = '/hlr-lookup';

/** `INVALID_MSISDN`: the network knows no subscriber with it. */
const STATUSES: Readonly<Record<string, LineStatus>> = {
  CONNECTED: 'reachable',
  ABSENT: 'absent',
  INVALID_MSISDN: 'dead',
  UNDETERMINED: 'unknown',
};

/** hlr-lookups.com, API v2, one number a request, answered at once. User: API key; secret: API secret. */
export const hlrLookups: HttpProvider = {
  kind: 'http',
  batch: 1,
  request: ([number = ''], credentials, at) => signed(number, credentials, at),
  read(body, [number = '']) {
    const status = textField(body, 'connectivity_status');
    if (status === null) return [];
    const ported = flagField(body, 'is_ported');
    return [
      {
        ...noDetails,
        number,
        status: STATUSES[status] ?? 'unknown',
        network:
          (ported ? textField(body, 'ported_network_name') : null) ??
          textField(body, 'original_network_name') ??
          textField(body, 'mccmnc'),
        country:
          (ported ? textField(body, 'ported_country_code') : null) ??
          textField(body, 'original_country_code'),
        ported,
        roaming: flagField(body, 'is_roaming') ? textField(body, 'roaming_country_code') : null,
        costMicro: microField(body, 'cost'),
      },
    ];
  },
};

/** Signed: HMAC-SHA256 over path, time in seconds, method and body, in hexadecimal. */
function signed(number: string, credentials: Credentials, at: number): ProviderRequest {
  const body = JSON.stringify({ msisdn: number });
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', credentials.secret)
    .update(`${PATH}${timestamp}POST${body}`)
    .digest('hex');
  return {
    method: 'POST',
    url: baseOf(credentials, OWN_URL) + PATH,
    headers: {
      'content-type': 'application/json',
      'x-digest-key': credentials.user,
      'x-digest-signature': signature,
      'x-digest-timestamp': timestamp,
    },
    body,
  };
}
