import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import {
  baseOf,
  digitsOf,
  field,
  type HttpProvider,
  type NumberAnswer,
  noDetails,
  textField,
} from '../provider.ts';

const OWN_URL = 'https://api.smsapi.com';

/** Words of a result; an acknowledgement has none of them. */
const RESULTS: Readonly<Record<string, LineStatus>> = {
  DELIVERED: 'reachable',
  ACTIVE: 'reachable',
  ABSENT: 'absent',
  ABSENT_SUBSCRIBER: 'absent',
  UNKNOWN_SUBSCRIBER: 'dead',
  INACTIVE: 'dead',
};

/**
 * SMSAPI `hlr.do`. Secret: OAuth token. The reply to the question is an acknowledgement: whether a number can be asked about at
 * all. What the network says comes later to a web address of the customer, which a desktop does not have: such numbers stay
 * `unknown` (README).
 */
export const smsapi: HttpProvider = {
  kind: 'http',
  batch: 50,
  request: (numbers, credentials) => {
    const query = new URLSearchParams({ format: 'json', number: numbers.map(digitsOf).join(',') });
    return {
      method: 'GET',
      url: `${baseOf(credentials, OWN_URL)}/hlr.do?${query}`,
      headers: { accept: 'application/json', authorization: `Bearer ${credentials.secret}` },
      body: null,
    };
  },
  read(body, numbers) {
    const rows = Array.isArray(body) ? body : [body];
    const asked = new Map(numbers.map((number) => [digitsOf(number), number]));
    return rows.flatMap((row: unknown) => {
      const given = field(row, 'number');
      const number = asked.get(
        digitsOf(typeof given === 'number' ? String(given) : (textField(row, 'number') ?? '')),
      );
      return number === undefined ? [] : [answerOf(number, row)];
    });
  },
};

/** What it costs is in points, whose worth depends on the contract: the price of the gateway counts. */
function answerOf(number: string, row: unknown): NumberAnswer {
  const word = textField(row, 'status')?.toUpperCase() ?? '';
  const result = RESULTS[textField(row, 'info')?.toUpperCase() ?? ''];
  const status = result ?? (word === 'ERROR' ? 'invalid' : 'unknown');
  return { ...noDetails, number, status };
}
