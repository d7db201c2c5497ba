import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../testing/contract-clock.ts';
import type { WebhookRequest } from '../../types.ts';
import { adapterRig, type HttpKind, secretsOf } from './testing/adapter-rig.fixture.ts';
import { twilioSignature } from './twilio/twilio-webhook.ts';

const HOOK = 'https://pay.firm.example/dial/hook/gateway-1/secret';

function rigOf(kind: HttpKind, secrets: Record<string, string> = {}) {
  const clock = manualClock();
  const fetch = () => Promise.reject(new TypeError('nothing is fetched here'));
  return adapterRig(kind, { baseUrl: 'https://provider.example', clock, secrets, fetch });
}

function posted(body: string, overrides: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    method: 'POST',
    path: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(body),
    url: HOOK,
    ...overrides,
  };
}

const messageId = '0193a5b0-0000-7000-8000-00000000abcd';

describe('Twilio', () => {
  const sid = `SM${'a1'.repeat(16)}`;
  const account = `AC${'practice'.repeat(4)}`;
  const report = (
    fields: Record<string, string>,
    url = HOOK,
    token = secretsOf.twilio.authToken,
  ) => {
    const body = new URLSearchParams({ AccountSid: account, MessageSid: sid, ...fields });
    const signature = twilioSignature(token ?? '', url, body);
    const path = new URL(url).search;
    return posted(body.toString(), {
      url,
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
      },
    });
  };

  it('signs as its documentation shows', () => {
    const body = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      From: '+12349013030',
      To: '+18005551212',
      Caller: '+12349013030',
      Digits: '1234',
    });
    expect(twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', body)).toBe(
      '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
    );
  });

  it('reports what became of a message, by its id there and by ours', async () => {
    const rig = rigOf('twilio');
    const reply = await rig.adapter.webhook?.(
      report({ MessageStatus: 'delivered' }, `${HOOK}?m=${messageId}`),
    );
    expect(reply).toMatchObject({ status: 200, contentType: 'text/xml; charset=utf-8' });
    expect(rig.receipts()).toMatchObject([{ providerId: sid, messageId, state: 'delivered' }]);
  });

  it.each([
    ['30005', { state: 'failed', badAddress: true }],
    ['30008', { state: 'failed', badAddress: false }],
    ['30036', { state: 'expired' }],
  ])('error %s is understood', async (code, expected) => {
    const rig = rigOf('twilio');
    await rig.adapter.webhook?.(report({ MessageStatus: 'undelivered', ErrorCode: code }));
    expect(rig.receipts()).toMatchObject([expected]);
  });

  it('brings an answer of a debtor', async () => {
    const rig = rigOf('twilio');
    await rig.adapter.webhook?.(
      report({
        SmsStatus: 'received',
        From: '+48100000001',
        To: '+48100999999',
        Body: 'Zapłacę 🙏',
      }),
    );
    expect(rig.incoming()).toMatchObject([
      { sourceKey: sid, channel: 'sms', from: '+48100000001', text: 'Zapłacę 🙏' },
    ]);
  });

  it('a proxy that takes the port off does no harm', async () => {
    const rig = rigOf('twilio');
    const request = report({ MessageStatus: 'sent' }, HOOK.replace('.example/', '.example:443/'));
    expect((await rig.adapter.webhook?.({ ...request, url: HOOK }))?.status).toBe(200);
  });

  it('is believed only when the whole request is signed', async () => {
    const rig = rigOf('twilio');
    const good = report({ MessageStatus: 'delivered' });
    const forged: WebhookRequest[] = [
      { ...good, headers: { 'content-type': good.headers['content-type'] ?? '' } },
      { ...good, body: Buffer.from(`${Buffer.from(good.body)}&ErrorCode=1`) },
      { ...good, url: `${HOOK}2` },
      report({ MessageStatus: 'delivered' }, HOOK, 'another-token'),
      report({ MessageStatus: 'delivered', AccountSid: `AC${'0'.repeat(32)}` }),
    ];
    for (const request of forged) expect((await rig.adapter.webhook?.(request))?.status).toBe(401);
    expect(rig.events).toEqual([]);
  });
});

describe('SMSAPI', () => {
  const compact = messageId.replaceAll('-', '');

  it('reports several messages at once and wants OK', async () => {
    const rig = rigOf('smsapi');
    const query = `MsgId=1001,1002,1003&status=404,402,405&idx=${compact},,&donedate=1900000000,1900000001,1900000002`;
    const reply = await rig.adapter.webhook?.(
      posted('', { method: 'GET', path: `?${query}`, headers: {} }),
    );
    expect(reply).toMatchObject({ status: 200, body: 'OK' });
    expect(rig.receipts()).toMatchObject([
      { providerId: '1001', messageId, state: 'delivered', at: 1_900_000_000_000 },
      { providerId: '1002', state: 'expired' },
      { providerId: '1003', state: 'failed' },
    ]);
  });

  it('brings an answer of a debtor', async () => {
    const rig = rigOf('smsapi');
    const body = new URLSearchParams({
      MsgId: '77',
      sms_from: '48100000001',
      sms_to: '48100999999',
      sms_text: 'STOP',
      sms_date: '1900000000',
    });
    expect((await rig.adapter.webhook?.(posted(body.toString())))?.body).toBe('OK');
    expect(rig.incoming()).toMatchObject([
      {
        sourceKey: '77',
        from: '+48100000001',
        to: '+48100999999',
        text: 'STOP',
        at: 1_900_000_000_000,
      },
    ]);
  });

  it('what is neither is refused', async () => {
    expect((await rigOf('smsapi').adapter.webhook?.(posted('x=1')))?.status).toBe(400);
  });
});

describe('SerwerSMS', () => {
  it.each([
    `smsid=eba39e4fe1&unique_id=${messageId.replaceAll('-', '')}&status=delivered&date=2026-11-22 12:00:00`,
    `SMSID=eba39e4fe1&usmsid=${messageId.replaceAll('-', '')}&stan=doreczono&data=2026-11-22 12:00:00`,
  ])('reports in English and in Polish: %s', async (body) => {
    const rig = rigOf('serwersms');
    expect((await rig.adapter.webhook?.(posted(body)))?.body).toBe('OK');
    expect(rig.receipts()).toMatchObject([
      { providerId: 'eba39e4fe1', messageId, state: 'delivered', at: Date.UTC(2026, 10, 22, 11) },
    ]);
  });

  it('brings an answer of a debtor', async () => {
    const rig = rigOf('serwersms');
    await rig.adapter.webhook?.(posted('numer=%2B48100000001&wiadomosc=Przyjadę&id=5&typ=eco'));
    expect(rig.incoming()).toMatchObject([{ sourceKey: 'eco 5', text: 'Przyjadę' }]);
  });
});

describe('Infobip', () => {
  const json = (value: unknown) =>
    posted(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

  it('reports and answers come in one shape', async () => {
    const rig = rigOf('infobip');
    const report = {
      messageId,
      doneAt: '2026-11-22T11:00:00.000+0000',
      status: { groupId: 2, groupName: 'UNDELIVERABLE', name: 'UNDELIVERABLE_NOT_DELIVERED' },
      error: { name: 'EC_UNKNOWN_SUBSCRIBER', permanent: true },
    };
    const answer = { messageId: 'm-2', from: '48100000001', to: '48100999999', text: 'Tak' };
    const reply = await rig.adapter.webhook?.(json({ results: [report, answer] }));
    expect(reply?.status).toBe(200);
    expect(rig.receipts()).toMatchObject([
      {
        providerId: messageId,
        messageId,
        state: 'failed',
        badAddress: true,
        at: Date.UTC(2026, 10, 22, 11),
      },
    ]);
    expect(rig.incoming()).toMatchObject([{ sourceKey: 'm-2', from: '+48100000001', text: 'Tak' }]);
  });

  it.each(['', '{', '[]', '{"results":1}', 'null'])('%j is refused', async (body) => {
    expect((await rigOf('infobip').adapter.webhook?.(posted(body)))?.status).toBe(400);
  });
});

describe('Vonage', () => {
  const secret = 'signature-secret';
  const status = JSON.stringify({
    message_uuid: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
    to: '48100000001',
    timestamp: '2026-11-22T11:00:00Z',
    status: 'rejected',
    error: { type: 'https://developer.vonage.com/api-errors/messages#1170', title: '1170' },
    channel: 'sms',
    client_ref: messageId,
  });
  const signed = (body: string, key = secret, alg = 'HS256') => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload_hash = createHash('sha256').update(body).digest('hex');
    const head = `${part({ alg, typ: 'JWT' })}.${part({ iat: 1, iss: 'Vonage', payload_hash })}`;
    const signature = createHmac('sha256', key).update(head).digest('base64url');
    return posted(body, { headers: { authorization: `Bearer ${head}.${signature}` } });
  };

  it('is believed when it is signed', async () => {
    const rig = rigOf('vonage', { signatureSecret: secret });
    expect((await rig.adapter.webhook?.(signed(status)))?.status).toBe(200);
    expect(rig.receipts()).toMatchObject([{ messageId, state: 'failed', badAddress: true }]);
  });

  it('is not believed with another key, another body, another algorithm or no token', async () => {
    const rig = rigOf('vonage', { signatureSecret: secret });
    const good = signed(status);
    const forged = [
      signed(status, 'other'),
      { ...good, body: Buffer.from(status.replace('rejected', 'delivered')) },
      signed(status, secret, 'none'),
      posted(status),
    ];
    for (const request of forged) expect((await rig.adapter.webhook?.(request))?.status).toBe(401);
    expect(rig.events).toEqual([]);
  });

  it('without a signature secret the secret in the path must do', async () => {
    const rig = rigOf('vonage');
    expect((await rig.adapter.webhook?.(posted(status)))?.status).toBe(200);
  });

  it('brings an answer of a debtor', async () => {
    const rig = rigOf('vonage');
    const body = {
      channel: 'sms',
      message_uuid: 'u-1',
      from: '48100000001',
      to: '48100999999',
      text: 'Ok',
    };
    await rig.adapter.webhook?.(posted(JSON.stringify(body)));
    expect(rig.incoming()).toMatchObject([{ sourceKey: 'u-1', from: '+48100000001', text: 'Ok' }]);
  });
});

describe('a webhook', () => {
  it('is answered 503 when the store cannot take it, so that it comes again', async () => {
    const rig = rigOf('smsapi');
    const request = posted('', { path: '?MsgId=1&status=404', headers: {} });
    rig.store.takes = false;
    expect((await rig.adapter.webhook?.(request))?.status).toBe(503);
    rig.store.takes = true;
    expect((await rig.adapter.webhook?.(request))?.status).toBe(200);
    expect(rig.receipts()).toHaveLength(1);
  });

  it('that comes twice, or late, says the same again: the outbox sorts that out', async () => {
    const rig = rigOf('smsapi');
    const at = (status: number) => posted('', { path: `?MsgId=1&status=${status}`, headers: {} });
    for (const code of [404, 403, 404]) await rig.adapter.webhook?.(at(code));
    expect(rig.receipts().map(({ state }) => state)).toEqual([
      'delivered',
      'accepted',
      'delivered',
    ]);
  });

  it('of any kind survives whatever bytes come', async () => {
    for (const kind of ['twilio', 'smsapi', 'serwersms', 'infobip', 'vonage'] as const) {
      const rig = rigOf(kind);
      for (const body of [
        '',
        '\u0000',
        '%',
        '{"status":{"a":1}}',
        '{"results":[null,1,{}]}',
        'a=%E0%A4%A',
      ]) {
        const reply = await rig.adapter.webhook?.(posted(body, { path: '?%&=&&', headers: {} }));
        expect([200, 400, 401]).toContain(reply?.status);
      }
      expect(rig.incoming()).toEqual([]);
    }
  });
});
