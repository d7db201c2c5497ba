import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import {
  baseOf,
  digitsOf,
  field,
  flagField,
  type HttpProvider,
  microField,
  type NumberAnswer,
  noDetails,
  textField,
} from '../provider.ts';

const OWN_URL = 'https://api.infobip.com';

/** Errors of a number that nobody has, or that is none; every other permanent error is the network's. */
const DEAD: ReadonlySet<string> = new Set(['EC_UNKNOWN_SUBSCRIBER', 'EC_UNIDENTIFIED_SUBSCRIBER']);
const ABSENT = /^EC_ABSENT_SUBSCRIBER/;
const INVALID: ReadonlySet<string> = new Set([
  'EC_INVALID_DESTINATION_ADDRESS',
  'EC_INVALID_MSISDN',
]);

/** Infobip Number Lookup (Number Context), many numbers a request, answered at once. Secret: API key. */
export const infobip: HttpProvider = {
  kind: 'http',
  batch: 100,
  request: (numbers, credentials) => ({
    method: 'POST',
    url: `${baseOf(credentials, OWN_URL)}/number/1/query`,
    headers: {
      accept: 'application/json',
      authorization: `App ${credentials.secret}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ to: numbers.map(digitsOf) }),
  }),
  read(body, numbers) {
    const results = field(body, 'results');
    if (!Array.isArray(results)) return [];
    const asked = new Map(numbers.map((number) => [digitsOf(number), number]));
    return results.flatMap((result: unknown) => {
      const number = asked.get(digitsOf(textField(result, 'to') ?? ''));
      return number === undefined ? [] : [answerOf(number, result)];
    });
  },
};

function answerOf(number: string, result: unknown): NumberAnswer {
  const ported = flagField(result, 'ported');
  const network = field(result, ported ? 'portedNetwork' : 'originalNetwork');
  const roaming = field(result, 'roamingNetwork');
  return {
    ...noDetails,
    number,
    status: statusOf(result),
    network: textField(network, 'networkName') ?? textField(result, 'mccMnc'),
    ported,
    roaming: flagField(result, 'roaming') ? (textField(roaming, 'countryName') ?? 'abroad') : null,
    costMicro: microField(field(result, 'price'), 'pricePerLookup'),
  };
}

function statusOf(result: unknown): LineStatus {
  const error = field(result, 'error');
  const name = textField(error, 'name') ?? '';
  if (ABSENT.test(name)) return 'absent';
  if (DEAD.has(name)) return 'dead';
  if (INVALID.has(name)) return 'invalid';
  const group = textField(field(result, 'status'), 'groupName');
  return group === 'DELIVERED' && (name === '' || name === 'NO_ERROR') ? 'reachable' : 'unknown';
}
