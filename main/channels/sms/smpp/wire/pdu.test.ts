import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePdu, encodePdu, isAnswer } from './pdu.ts';

const cString = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abcXYZ0189 .-'), maxLength });
const octet = fc.nat({ max: 255 });

describe('PDUs', () => {
  it('reads back what it wrote', () => {
    const submit = fc.record({
      source_addr_ton: octet,
      source_addr: cString(20),
      destination_addr: cString(20),
      esm_class: octet,
      data_coding: octet,
      registered_delivery: octet,
      validity_period: cString(16),
      short_message: fc.uint8Array({ maxLength: 254 }),
    });
    const tlvs = fc.record(
      {
        user_message_reference: fc.nat({ max: 0xffff }),
        sar_msg_ref_num: fc.nat({ max: 0xffff }),
        sar_total_segments: octet,
        message_payload: fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(submit, tlvs, fc.nat({ max: 0x7fffffff }), (fields, given, sequence) => {
        const pdu = decodePdu(encodePdu('submit_sm', sequence, { fields, tlvs: given }));
        expect(pdu.command).toBe('submit_sm');
        expect(pdu.sequence).toBe(sequence);
        const { short_message: octets, ...rest } = fields;
        expect(pdu.fields).toMatchObject(rest);
        expect([...(pdu.fields.short_message ?? [])]).toEqual([...octets]);
        expect(pdu.tlvs).toEqual(given);
      }),
    );
  });

  it('keeps the octets of a text as they are, whatever its data_coding says', () => {
    const octets = Uint8Array.from({ length: 254 }, (_, index) => index);
    for (const data_coding of [0, 1, 3, 4, 8, 0xf4]) {
      const bytes = encodePdu('deliver_sm', 1, { fields: { data_coding, short_message: octets } });
      expect([...(decodePdu(bytes).fields.short_message ?? [])]).toEqual([...octets]);
    }
  });

  it('reads an id whose parameter leaves out the NUL, and passes over parameters that it does not know', () => {
    const base = encodePdu('deliver_sm', 7, { fields: { short_message: new Uint8Array() } });
    const tlv = (tag: number, value: Buffer) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(tag, 0);
      head.writeUInt16BE(value.length, 2);
      return Buffer.concat([head, value]);
    };
    const bytes = Buffer.concat([
      base,
      tlv(0x1403, Buffer.from('vendor')),
      tlv(0x001e, Buffer.from('5f2a')),
      tlv(0x0427, Buffer.of(2)),
    ]);
    bytes.writeUInt32BE(bytes.length, 0);
    expect(decodePdu(bytes).tlvs).toEqual({ receipted_message_id: '5f2a', message_state: 2 });
  });

  it('is the header alone when it refuses', () => {
    const bytes = encodePdu('submit_sm_resp', 9, { status: 0x58, fields: { message_id: 'x' } });
    expect(bytes).toHaveLength(16);
    expect(decodePdu(bytes)).toMatchObject({ command: 'submit_sm_resp', status: 0x58, fields: {} });
  });

  it('names what it does not know, so that it can be refused', () => {
    const bytes = encodePdu('enquire_link', 3, {});
    bytes.writeUInt32BE(0x00000199, 4);
    expect(decodePdu(bytes)).toMatchObject({ command: 'unknown', sequence: 3 });
    expect(isAnswer(decodePdu(encodePdu('enquire_link_resp', 3, {})))).toBe(true);
  });

  it('fails in one way only on damaged fields', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0x04, 0x05, 0x80000004, 0x09, 0x103),
        fc.uint8Array({ maxLength: 80 }),
        (commandId, body) => {
          const bytes = Buffer.concat([Buffer.alloc(16), body]);
          bytes.writeUInt32BE(bytes.length, 0);
          bytes.writeUInt32BE(commandId, 4);
          try {
            decodePdu(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
