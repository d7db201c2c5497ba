import { describe, expect, it } from 'vitest';
import { smppSettings } from '#shared/contract/gateway-settings.schema.ts';
import { decodeGsm, decodeUcs2 } from '#shared/util/index.ts';
import type { OutgoingMessage } from '../../types.ts';
import { numberAddress, readAddress, samePhone, senderAddress } from './addresses.ts';
import { readUserData } from './concatenation.ts';
import { buildSubmits, messageReference, relativeTime } from './submits.ts';

function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    messageId: '0190c1d2-0000-7000-8000-000000000001',
    channel: 'sms',
    to: '+48100000001',
    sender: null,
    text: 'Dzien dobry',
    subject: '',
    html: null,
    media: [],
    validityMs: null,
    inReplyTo: null,
    references: [],
    language: 'pl',
    ...overrides,
  };
}
function someSettings(overrides: Record<string, unknown> = {}) {
  return smppSettings.parse({
    kind: 'smpp',
    name: 'Practice',
    host: '127.0.0.1',
    systemId: 'dialdesk',
    ...overrides,
  });
}
const longPolish = 'Prosimy o wpłatę zaległej raty. '.repeat(8).trim();

describe('submits', () => {
  it('sends what the 7-bit alphabet holds unpacked, one octet for each character', () => {
    const built = buildSubmits(aMessage({ text: 'Saldo: 12 €' }), someSettings(), 1);
    const { fields, tlvs } = built?.submits[0] ?? { fields: {}, tlvs: {} };
    expect(fields).toMatchObject({ data_coding: 0, registered_delivery: 1, dest_addr_ton: 1 });
    expect(decodeGsm(fields.short_message ?? new Uint8Array())).toBe('Saldo: 12 €');
    expect(tlvs.user_message_reference).toBe(messageReference(aMessage().messageId));
    expect(built?.parts).toBe(1);
  });

  it('cuts a long Polish text into parts with a header, each within 140 octets', () => {
    const built = buildSubmits(aMessage({ text: longPolish }), someSettings(), 0x1234);
    expect(built?.parts).toBe(4);
    const parts = (built?.submits ?? []).map(({ fields }) => {
      expect(fields).toMatchObject({ data_coding: 8, esm_class: 0x40 });
      expect(fields.short_message?.length).toBeLessThanOrEqual(140);
      return readUserData(fields.short_message ?? new Uint8Array());
    });
    expect(parts.map(({ part }) => part)).toEqual(
      [1, 2, 3, 4].map((number) => ({ reference: 0x34, total: 4, number })),
    );
    expect(parts.map(({ text }) => decodeUcs2(text)).join('')).toBe(longPolish);
  });

  it('leaves cutting to the SMSC, or names the segments, where the settings say so', () => {
    const payload = buildSubmits(
      aMessage({ text: longPolish }),
      someSettings({ longMessages: 'payload' }),
      1,
    );
    expect(payload?.submits).toHaveLength(1);
    expect(payload?.parts).toBe(4);
    expect(payload?.submits[0]?.fields.short_message).toBeUndefined();
    expect(decodeUcs2(payload?.submits[0]?.tlvs.message_payload ?? new Uint8Array())).toBe(
      longPolish,
    );

    const sar = buildSubmits(
      aMessage({ text: longPolish }),
      someSettings({ longMessages: 'sar' }),
      0x1234,
    );
    expect(sar?.submits.map(({ tlvs }) => tlvs.sar_segment_seqnum)).toEqual([1, 2, 3, 4]);
    expect(sar?.submits.every(({ tlvs }) => tlvs.sar_msg_ref_num === 0x1234)).toBe(true);
    expect(sar?.submits.every(({ fields }) => (fields.esm_class ?? 0) === 0)).toBe(true);
  });

  it('writes the alphabet that the operator means by 0, and UCS-2 for what that lacks', () => {
    const latin = someSettings({ defaultAlphabet: 'latin1' });
    const octetsOf = (text: string, settings = latin) =>
      buildSubmits(aMessage({ text }), settings, 1)?.submits[0]?.fields;
    expect(Buffer.from(octetsOf('à la carte')?.short_message ?? []).toString('latin1')).toBe(
      'à la carte',
    );
    expect(octetsOf('12 €')?.data_coding).toBe(8);
    expect(octetsOf('é', someSettings({ defaultAlphabet: 'ascii' }))?.data_coding).toBe(8);
    // 100 characters fit into one part of GSM-7, but not of UCS-2
    expect(buildSubmits(aMessage({ text: `${'a'.repeat(99)}Δ` }), latin, 1)?.parts).toBe(2);
  });

  it('refuses what does not fit into 255 parts', () => {
    expect(buildSubmits(aMessage({ text: 'ą'.repeat(67 * 255) }), someSettings(), 1)?.parts).toBe(
      255,
    );
    expect(
      buildSubmits(aMessage({ text: 'ą'.repeat(67 * 255 + 1) }), someSettings(), 1),
    ).toBeNull();
  });

  it('gives the validity from now on, of the message or of the settings', () => {
    expect(relativeTime(24 * 3_600_000)).toBe('000001000000000R');
    expect(relativeTime(90_061_000)).toBe('000001010101000R');
    const fieldsOf = (validityMs: number | null) =>
      buildSubmits(aMessage({ validityMs }), someSettings({ validityMinutes: 90 }), 1)?.submits[0]
        ?.fields;
    expect(fieldsOf(null)?.validity_period).toBe('000000013000000R');
    expect(fieldsOf(60_000)?.validity_period).toBe('000000000100000R');
  });

  it('uses the usual sender of the gateway when the message has none', () => {
    const settings = someSettings({ senders: ['FIRMA', '+48221234567'] });
    expect(buildSubmits(aMessage(), settings, 1)?.submits[0]?.fields.source_addr).toBe('FIRMA');
    const own = buildSubmits(aMessage({ sender: '+48221234567' }), settings, 1);
    expect(own?.submits[0]?.fields.source_addr).toBe('48221234567');
  });
});

describe('addresses', () => {
  it('says what kind of sender it is', () => {
    expect(senderAddress('FIRMA')).toEqual({ ton: 5, npi: 0, address: 'FIRMA' });
    expect(senderAddress('7157')).toEqual({ ton: 3, npi: 0, address: '7157' });
    expect(senderAddress('+48221234567')).toEqual({ ton: 1, npi: 1, address: '48221234567' });
    expect(senderAddress(null)).toEqual({ ton: 0, npi: 0, address: '' });
    expect(numberAddress('+48100000001')).toEqual({ ton: 1, npi: 1, address: '48100000001' });
  });

  it.each([
    [1, 1, '48100000001', '+48100000001'],
    [0, 1, '48100000001', '+48100000001'],
    [0, 0, '+48100000001', '+48100000001'],
    [0, 0, '0048100000001', '+48100000001'],
    [0, 0, '48100000001', '48100000001'],
    [2, 1, '100000001', '100000001'],
    [3, 0, '7157', '7157'],
    [5, 0, 'FIRMA', 'FIRMA'],
    [1, 1, '', ''],
  ])('reads ton %i npi %i %s', (ton, npi, address, read) => {
    expect(readAddress({ ton, npi, address })).toBe(read);
  });

  it('knows one phone however its country is written', () => {
    expect(samePhone('+48100000001', '48100000001')).toBe(true);
    expect(samePhone('+48100000001', '100000001')).toBe(true);
    expect(samePhone('+48100000001', '+48100000002')).toBe(false);
    expect(samePhone('', '')).toBe(false);
  });
});
