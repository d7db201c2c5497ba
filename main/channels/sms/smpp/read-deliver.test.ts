import { describe, expect, it } from 'vitest';
import { encodeUcs2 } from '#shared/util/index.ts';
import { readIncoming } from './read-deliver.ts';
import type { Pdu, PduFields, PduTlvs } from './wire/index.ts';

function aDelivery(fields: PduFields, tlvs: PduTlvs = {}): Pdu {
  const addressed: PduFields = {
    source_addr_ton: 1,
    source_addr: '48100000001',
    dest_addr_ton: 3,
    destination_addr: '7157',
    ...fields,
  };
  return { command: 'deliver_sm', commandId: 5, status: 0, sequence: 1, fields: addressed, tlvs };
}
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('what a phone sends', () => {
  it('has its addresses, its text and its name', () => {
    const pdu = aDelivery({ data_coding: 8, short_message: encodeUcs2('Kiedy mam zapłacić?') });
    expect(readIncoming(pdu, 'key', 'gsm7')).toMatchObject({
      sourceKey: 'key',
      channel: 'sms',
      from: '+48100000001',
      to: '7157',
      text: 'Kiedy mam zapłacić?',
      media: [],
      part: null,
    });
  });

  it.each([
    [0, 'gsm7', Uint8Array.of(0x00, 0x1b, 0x65), '@€'],
    [0, 'latin1', bytes('é@'), 'é@'],
    [1, 'gsm7', bytes('STOP'), 'STOP'],
    [3, 'gsm7', bytes('né'), 'né'],
    [8, 'gsm7', encodeUcs2('好😀'), '好😀'],
    [6, 'gsm7', Uint8Array.of(0xb4, 0xd0), 'Да'],
    [0xf1, 'gsm7', Uint8Array.of(0x00), '@'],
    [0x18, 'gsm7', encodeUcs2('ł'), 'ł'],
  ] as const)('decodes data_coding %i as %s', (data_coding, alphabet, short_message, text) => {
    expect(readIncoming(aDelivery({ data_coding, short_message }), 'k', alphabet).text).toBe(text);
  });

  it('keeps what is no text as it came', () => {
    const octets = Uint8Array.of(1, 2, 250);
    const incoming = readIncoming(
      aDelivery({ data_coding: 4, short_message: octets }),
      'k',
      'gsm7',
    );
    expect(incoming.text).toBeNull();
    expect(incoming.media.map((media) => [...media.bytes])).toEqual([[1, 2, 250]]);
  });

  it('names the part of a long text by every way of saying it', () => {
    const text = bytes('czesc');
    const partOf = (pdu: Pdu) => readIncoming(pdu, 'k', 'gsm7');
    const short = partOf(
      aDelivery({ esm_class: 0x40, short_message: Uint8Array.of(5, 0, 3, 9, 2, 1, ...text) }),
    );
    const wide = partOf(
      aDelivery({ esm_class: 0x40, short_message: Uint8Array.of(6, 8, 4, 1, 9, 2, 1, ...text) }),
    );
    const sar = partOf(
      aDelivery(
        { short_message: text },
        { sar_msg_ref_num: 9, sar_total_segments: 2, sar_segment_seqnum: 1 },
      ),
    );
    expect([short, wide, sar].map(({ part }) => [part?.number, part?.total])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect([short, wide, sar].map((incoming) => incoming.text)).toEqual([
      'czesc',
      'czesc',
      'czesc',
    ]);
    expect(short.part?.group).not.toBe(wide.part?.group);
  });

  it('passes over headers of other kinds and impossible parts, and loses no letter of a broken header', () => {
    const partOf = (short_message: Uint8Array) =>
      readIncoming(aDelivery({ esm_class: 0x40, short_message }), 'k', 'gsm7');
    const ported = partOf(Uint8Array.of(6, 5, 4, 0, 1, 0, 2, ...bytes('ok')));
    expect(ported).toMatchObject({ text: 'ok', part: null });
    expect(partOf(Uint8Array.of(5, 0, 3, 9, 2, 3, ...bytes('ok')))).toMatchObject({
      text: 'ok',
      part: null,
    });
    expect(partOf(bytes('ok')).text).toBe('ok');
  });

  it('reads a long text that travels whole', () => {
    const pdu = aDelivery(
      { data_coding: 8, short_message: new Uint8Array() },
      {
        message_payload: encodeUcs2('ą'.repeat(300)),
      },
    );
    expect(readIncoming(pdu, 'k', 'gsm7').text).toBe('ą'.repeat(300));
  });
});
