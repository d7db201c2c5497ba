import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliverKind, readReceipt } from './receipt.ts';
import type { Pdu, PduFields, PduTlvs } from './wire/index.ts';

function aDelivery(fields: PduFields, tlvs: PduTlvs = {}): Pdu {
  return { command: 'deliver_sm', commandId: 5, status: 0, sequence: 1, fields, tlvs };
}

describe('what a delivery is', () => {
  it.each([
    [{ esm_class: 0x00 }, {}, 'message'],
    [{ esm_class: 0x40 }, {}, 'message'],
    [{ esm_class: 0x04 }, {}, 'receipt'],
    [{ esm_class: 0x44 }, {}, 'receipt'],
    [{ esm_class: 0x20 }, {}, 'intermediate'],
    [{ esm_class: 0 }, { receipted_message_id: '7', message_state: 2 }, 'receipt'],
    [{ esm_class: 0 }, { receipted_message_id: '7' }, 'message'],
  ] as const)('%j %j is a %s', (fields, tlvs, kind) => {
    expect(deliverKind(aDelivery(fields, tlvs))).toBe(kind);
  });
});

describe('receipts', () => {
  const text = (stat: string, err = '000') =>
    `id:0123456789 sub:001 dlvrd:001 submit date:2611221015 done date:2611221016 stat:${stat} err:${err} text:Dzien dobry`;

  it.each([
    ['DELIVRD', 'delivered', 'DELIVRD'],
    ['DELIVERED', 'delivered', 'DELIVERED'],
    ['EXPIRED', 'expired', 'EXPIRED'],
    ['UNDELIV', 'failed', 'UNDELIV'],
    ['REJECTD', 'failed', 'REJECTD'],
    ['DELETED', 'failed', 'DELETED'],
    ['ACCEPTD', 'accepted', 'ACCEPTD'],
    ['ENROUTE', 'accepted', 'ENROUTE'],
    ['UNKNOWN', null, 'UNKNOWN'],
  ] as const)('reads %s of the text', (stat, state, code) => {
    expect(readReceipt(aDelivery({}), text(stat))).toEqual({
      id: '0123456789',
      state,
      code,
      badAddress: false,
    });
  });

  it('reads the parameters before the text', () => {
    const pdu = aDelivery({}, { receipted_message_id: 'ab12', message_state: 5 });
    expect(readReceipt(pdu, '')).toMatchObject({ id: 'ab12', state: 'failed', code: 'UNDELIV' });
    expect(readReceipt(pdu, text('DELIVRD'))).toMatchObject({ id: 'ab12', state: 'failed' });
  });

  it('says what went wrong in the provider’s own number, which proves nothing about the address', () => {
    expect(readReceipt(aDelivery({}), text('UNDELIV', '001'))).toMatchObject({
      code: 'UNDELIV 001',
      badAddress: false,
    });
  });

  it('knows an address that does not exist by the network’s error alone', () => {
    const unknown = { network_error_code: Uint8Array.of(3, 0, 1), message_state: 5 };
    expect(readReceipt(aDelivery({}, unknown), '').badAddress).toBe(true);
    const absent = { network_error_code: Uint8Array.of(3, 0, 27), message_state: 5 };
    expect(readReceipt(aDelivery({}, absent), '').badAddress).toBe(false);
  });

  it('bears any text', () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        const { state } = readReceipt(aDelivery({}), any);
        expect(state === null || typeof state === 'string').toBe(true);
      }),
    );
    expect(readReceipt(aDelivery({}), '').id).toBeNull();
  });
});
