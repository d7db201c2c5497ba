import * as fc from 'fast-check';
import { parse, Submit } from 'node-pdu';
import { describe, expect, it } from 'vitest';
import { decodePdu } from './decode-pdu.ts';
import { deliveryState } from './delivery-status.ts';
import { encodeSubmit } from './encode-submit.ts';
import { relativeValidity } from './validity.ts';

const HOUR_MS = 3_600_000;
const request = {
  to: '+48500100200',
  validityMs: 24 * HOUR_MS,
  reference: 7,
  serviceCentre: '',
};

/** Read by a library that is not ours. */
function readBack(text: string) {
  const pdus = encodeSubmit({ ...request, text });
  return pdus.map(({ hex, length }) => {
    const pdu = parse(hex);
    if (!(pdu instanceof Submit)) throw new Error('no SMS-SUBMIT');
    expect(hex.length / 2 - 1).toBe(length);
    return pdu;
  });
}

describe('a text as PDU', () => {
  it('is the PDU that the standard gives for it', () => {
    // flags 31 (submit, relative validity, report), number 48500100200, validity A7 (a day), 5 septets
    const [pdu] = encodeSubmit({ ...request, text: 'hello' });
    expect(pdu?.hex).toBe('0031000B918405100002F00000A705E8329BFD06');
    expect(pdu?.length).toBe(19);
  });

  it('carries the number of the centre when it is given', () => {
    const [pdu] = encodeSubmit({ ...request, text: 'x', serviceCentre: '+48602951111' });
    expect(pdu?.hex.startsWith('07918406921511F131')).toBe(true);
    expect((parse(pdu?.hex ?? '') as Submit).serviceCenterAddress.phone).toContain('48602951111');
  });

  it.each([
    ['plain', 'Prosimy o wplate do piatku.'],
    ['Polish', 'Zażółć gęślą jaźń'],
    ['Russian', 'Оплатите, пожалуйста'],
    ['Chinese', '请您付款'],
    ['beyond the basic plane', 'Dziękujemy 🙏🙏'],
    ['160 plain letters', 'a'.repeat(160)],
    ['7 letters, whose last bits are none', '1234567'],
    ['8 letters', '12345678'],
  ])('%s is read by another program', (_name, text) => {
    const [pdu, ...more] = readBack(text);
    expect(more).toEqual([]);
    expect(pdu?.data.getText()).toBe(text);
    expect(pdu?.address.phone).toMatch(/48500100200$/);
    expect(pdu?.type.statusReportRequest).toBe(1);
  });

  it.each([
    ['plain', 'a'.repeat(161), 2, 0],
    ['plain, with signs that take two places', '€'.repeat(100), 2, 0],
    ['Polish', 'ż'.repeat(71), 2, 8],
    ['with pictures', '🙏'.repeat(80), 3, 8],
    ['long', 'b'.repeat(1000), 7, 0],
  ])('%s is cut into parts that fit together', (_name, text, count, coding) => {
    const pdus = readBack(text);
    expect(pdus).toHaveLength(count);
    expect(pdus.map((pdu) => pdu.data.parts[0]?.header?.getCurrent())).toEqual(
      pdus.map((_pdu, index) => index + 1),
    );
    for (const pdu of pdus) {
      const header = pdu.data.parts[0]?.header;
      expect([header?.getPointer(), header?.getSegments()]).toEqual([7, count]);
      expect(pdu.dataCodingScheme.getValue()).toBe(coding);
      expect(pdu.toString().length / 2).toBeLessThanOrEqual(1 + 15 + 140);
    }
    expect(pdus.map((pdu) => pdu.data.getText()).join('')).toBe(text);
  });

  it('of any letters comes back', () => {
    const letters = fc.stringMatching(/^[a-zA-Z0-9 .,!?ąęćżźłóśńйцукен]{1,300}$/);
    fc.assert(
      fc.property(letters, (text) => {
        expect(
          readBack(text)
            .map((pdu) => pdu.data.getText())
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

describe('validity', () => {
  it.each([
    [5 * 60_000, 0],
    [12 * HOUR_MS, 143],
    [13 * HOUR_MS, 145],
    [24 * HOUR_MS, 167],
    [48 * HOUR_MS, 168],
    [7 * 24 * HOUR_MS, 173],
    [35 * 24 * HOUR_MS, 197],
    [1e15, 255],
  ])('of %i ms is octet %i', (ms, octet) => {
    expect(relativeValidity(ms)).toBe(octet);
  });
});

describe('a PDU that came', () => {
  it('is a message with its time, from a number', () => {
    expect(
      decodePdu('07919730071111F1000B919746121611F10000811170021222230DC8329BFD6681EE6F399B1C02'),
    ).toEqual({
      kind: 'deliver',
      from: '+79642161111',
      text: 'Hello, world!',
      at: Date.UTC(2018, 10, 7, 12, 21, 22),
      part: null,
    });
  });

  it('is a message from a name', () => {
    expect(
      decodePdu('0791448720003023240DD0E474D81C0EBB010000111011315214000BE474D81C0EBB5DE3771B'),
    ).toMatchObject({
      from: 'diafaan',
      text: 'diafaan.com',
      at: Date.UTC(2011, 0, 11, 13, 25, 41),
    });
  });

  it.each([
    ['8 bits', '050003CC0201', { reference: 0xcc, total: 2, number: 1 }],
    ['16 bits', '06080412340302', { reference: 0x1234, total: 3, number: 2 }],
    ['no sense', '050003CC0205', null],
    ['ports', '06050415811581', null],
  ])('has a header: %s', (_name, header, part) => {
    const length = (header.length / 2 + 2).toString(16).padStart(2, '0');
    const pdu = `00400B919746121611F1000881117002122223${length}${header}0041`;
    expect(decodePdu(pdu)).toMatchObject({ kind: 'deliver', text: 'A', part });
  });

  it('is a status report', () => {
    const pdu = '0006D10B918405100002F0622122010500806221220105008000';
    expect(decodePdu(pdu)).toEqual({
      kind: 'statusReport',
      reference: 0xd1,
      to: '+48500100200',
      status: 0,
      dischargedAt: Date.UTC(2026, 11, 22, 8, 50, 0),
    });
  });

  it('holds data that are no text', () => {
    const pdu = '00000B919746121611F1000481117002122223020102';
    expect(decodePdu(pdu)).toMatchObject({ kind: 'deliver', text: null });
  });

  it('that is damaged is none, and never breaks anything', () => {
    const whole = '07919730071111F1000B919746121611F10000811170021222230DC8329BFD6681EE6F399B1C02';
    expect(decodePdu(whole.slice(0, 40))).toBeNull();
    expect(decodePdu('zz')).toBeNull();
    expect(decodePdu('')).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 180 }), (octets) => {
        const decoded = decodePdu(Buffer.from(octets).toString('hex'));
        expect(decoded === null || typeof decoded.kind === 'string').toBe(true);
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});

describe('a status', () => {
  it.each([
    [0x00, 'delivered'],
    [0x01, 'accepted'],
    [0x20, 'accepted'],
    [0x41, 'failed'],
    [0x46, 'expired'],
    [0x62, 'failed'],
  ] as const)('%i means %s', (status, state) => {
    expect(deliveryState(status).state).toBe(state);
  });
});
