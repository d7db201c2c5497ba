import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import { baseOf, field, flagField, type HttpProvider, noDetails, textField } from '../provider.ts';

const OWN_URL = 'https://lookups.twilio.com/v2';

/** `active`: it has a subscriber; whether the phone is switched on is not known. */
const STATUSES: Readonly<Record<string, LineStatus>> = {
  reachable: 'reachable',
  active: 'unknown',
  unreachable: 'absent',
  inactive: 'dead',
  unknown: 'unknown',
};

/** Twilio Lookup v2 with the packages Line Status and Line Type Intelligence. User: account SID or API key; secret: its token. */
export const twilio: HttpProvider = {
  kind: 'http',
  batch: 1,
  request: ([number = ''], credentials) => ({
    method: 'GET',
    url: `${baseOf(credentials, OWN_URL)}/PhoneNumbers/${encodeURIComponent(number)}?Fields=line_status%2Cline_type_intelligence`,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.secret}`).toString('base64')}`,
    },
    body: null,
  }),
  read(body, [number = '']) {
    const valid = flagField(body, 'valid');
    const line = field(body, 'line_status');
    const type = field(body, 'line_type_intelligence');
    if (valid === null && line === undefined) return [];
    const status = textField(line, 'status')?.toLowerCase() ?? 'unknown';
    const mcc = textField(type, 'mobile_country_code');
    return [
      {
        ...noDetails,
        number,
        status: valid === false ? 'invalid' : (STATUSES[status] ?? 'unknown'),
        network:
          textField(type, 'carrier_name') ??
          (mcc === null ? null : mcc + (textField(type, 'mobile_network_code') ?? '')),
        country: textField(body, 'country_code'),
        lineType: textField(type, 'type'),
      },
    ];
  },
};
