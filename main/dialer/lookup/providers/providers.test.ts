import { describe, expect, it } from 'vitest';
import type { HttpProvider } from '../provider.ts';
import { hlrLookups } from './hlr-lookups.ts';
import { infobip } from './infobip.ts';
import { practice } from './practice.ts';
import { smsapi } from './smsapi.ts';
import { twilio } from './twilio.ts';

const NUMBER = '+48601234567';
const credentials = { baseUrl: '', user: 'user', secret: 'secret' };
const statusOf = (provider: HttpProvider, body: unknown) =>
  provider.read(body, [NUMBER])[0]?.status;

describe('hlr-lookups', () => {
  it('signs the path, the second, the method and the body', () => {
    const { url, headers, body } = hlrLookups.request([NUMBER], credentials, 1_790_000_000_999);
    expect(url).toBe('https://www.hlr-lookups.com/api/v2/hlr-lookup');
    expect(body).toBe('{"msisdn":"+48601234567"}');
    expect(headers).toMatchObject({
      'x-digest-key': 'user',
      'x-digest-timestamp': '1790000000',
      // HMAC-SHA256 with key `secret`, made with another program
      'x-digest-signature': '1faf41237c78ac4916ff36c9b2d58315f320ec9a72aa0011cae1faa4d1da5173',
    });
  });

  it('reads where a number was ported to, where the phone is and what it took', () => {
    const body = {
      msisdn: NUMBER,
      connectivity_status: 'CONNECTED',
      mccmnc: '26002',
      original_network_name: 'Plus',
      original_country_code: 'PL',
      is_ported: true,
      ported_network_name: 'T-Mobile',
      ported_country_code: 'PL',
      is_roaming: true,
      roaming_country_code: 'DE',
      cost: '0.0123',
    };
    expect(hlrLookups.read(body, [NUMBER])).toEqual([
      {
        number: NUMBER,
        status: 'reachable',
        network: 'T-Mobile',
        country: 'PL',
        ported: true,
        roaming: 'DE',
        lineType: null,
        costMicro: 12_300,
      },
    ]);
  });

  it.each([
    ['ABSENT', 'absent'],
    ['INVALID_MSISDN', 'dead'],
    ['UNDETERMINED', 'unknown'],
    ['SOMETHING_NEW', 'unknown'],
  ])('%s is %s', (given, status) =>
    expect(statusOf(hlrLookups, { connectivity_status: given })).toBe(status),
  );
});

describe('twilio', () => {
  it('asks for the status and the type of the line', () => {
    const { url, headers } = twilio.request([NUMBER], credentials, 0);
    expect(url).toBe(
      'https://lookups.twilio.com/v2/PhoneNumbers/%2B48601234567?Fields=line_status%2Cline_type_intelligence',
    );
    expect(headers.authorization).toBe(`Basic ${btoa('user:secret')}`);
  });

  it.each([
    [{ valid: true, line_status: { status: 'reachable' } }, 'reachable'],
    [{ valid: true, line_status: { status: 'Unreachable' } }, 'absent'],
    [{ valid: true, line_status: { status: 'inactive' } }, 'dead'],
    [{ valid: true, line_status: { status: 'active' } }, 'unknown'],
    [{ valid: true, line_status: null }, 'unknown'],
    [{ valid: false }, 'invalid'],
  ])('%j is %s', (body, status) => expect(statusOf(twilio, body)).toBe(status));
});

describe('infobip', () => {
  it('asks about many at once and reads each', () => {
    const { body, headers } = infobip.request([NUMBER, '+48602'], credentials, 0);
    expect(JSON.parse(body ?? '')).toEqual({ to: ['48601234567', '48602'] });
    expect(headers.authorization).toBe('App secret');
    const results = [
      {
        to: '48601234567',
        mccMnc: '26002',
        ported: false,
        status: { groupName: 'DELIVERED' },
        error: { name: 'NO_ERROR' },
      },
      { to: '49999', status: { groupName: 'DELIVERED' } },
    ];
    expect(infobip.read({ results }, [NUMBER, '+48602'])).toMatchObject([
      { number: NUMBER, status: 'reachable', network: '26002', ported: false },
    ]);
  });

  it.each([
    ['EC_ABSENT_SUBSCRIBER', 'absent'],
    ['EC_ABSENT_SUBSCRIBER_SM', 'absent'],
    ['EC_UNKNOWN_SUBSCRIBER', 'dead'],
    ['EC_SYSTEM_FAILURE', 'unknown'],
  ])('%s is %s', (name, status) => {
    const result = {
      to: '48601234567',
      status: { groupName: 'UNDELIVERABLE' },
      error: { name, permanent: true },
    };
    expect(statusOf(infobip, { results: [result] })).toBe(status);
  });
});

describe('smsapi', () => {
  it('an acknowledgement says nothing of the phone', () => {
    const { url, headers } = smsapi.request([NUMBER], credentials, 0);
    expect(url).toBe('https://api.smsapi.com/hlr.do?format=json&number=48601234567');
    expect(headers.authorization).toBe('Bearer secret');
    expect(statusOf(smsapi, [{ status: 'OK', number: '48601234567', id: '1', price: 0.1 }])).toBe(
      'unknown',
    );
    expect(statusOf(smsapi, { status: 'ERROR', number: 48601234567 })).toBe('invalid');
  });
});

describe('a reply that nobody expected', () => {
  const odd = [
    null,
    1,
    'x',
    [],
    {},
    { results: 7 },
    { results: [null, { to: 1 }] },
    { connectivity_status: 3 },
  ];
  it.each([
    ['hlr-lookups', hlrLookups],
    ['twilio', twilio],
    ['infobip', infobip],
    ['smsapi', smsapi],
  ])('of %s gives no answer', (_name, provider) => {
    for (const body of odd) expect(provider.read(body, [NUMBER])).toEqual([]);
  });
});

describe('the practice gateway', () => {
  it('decides by the last digits, and absent phones come back in half a day', () => {
    const at = (ending: string, hours: number) =>
      practice.answer(`+481000000${ending}`, hours * 3_600_000).status;
    expect([at('03', 0), at('07', 0), at('21', 0), at('55', 0)]).toEqual([
      'dead',
      'invalid',
      'unknown',
      'reachable',
    ]);
    expect(new Set([at('12', 0), at('12', 12)])).toEqual(new Set(['absent', 'reachable']));
  });
});
