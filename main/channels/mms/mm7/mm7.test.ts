import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deliverRelease5,
  deliverWrapped,
  errorRelease5,
  fault,
  hostile,
  readReply,
  reportWithDate,
  submitRspRelease6,
} from './fixtures/samples.ts';
import { type MimePart, readParts, writeMultipart } from './multipart.ts';
import { readRequest } from './read-request.ts';
import { type Mm7Message, readEnvelope } from './soap.ts';
import { httpAnswer, submitAnswer } from './submit-answer.ts';

function envelope(xml: string): Mm7Message {
  const message = readEnvelope(xml);
  if (message === null) throw new Error('no envelope');
  return message;
}
const requested = (xml: string, parts: readonly MimePart[] = []) =>
  readRequest(envelope(xml), parts);
const answered = (code: number) =>
  submitAnswer(envelope(submitRspRelease6.replace('>1000<', `>${code}<`)));

describe('an answer of a centre', () => {
  it('is taken with its id', () => {
    expect(submitAnswer(envelope(submitRspRelease6))).toEqual({
      kind: 'accepted',
      providerIds: ['041502073667'],
      parts: 1,
    });
  });

  it('is refused in the way of older centres', () => {
    expect(submitAnswer(envelope(errorRelease5))).toMatchObject({
      kind: 'rejected',
      detail: '6102 SUBS is ported',
    });
  });

  it('is refused in a fault', () => {
    expect(submitAnswer(envelope(fault))).toMatchObject({
      kind: 'later',
      code: 'gateway.mm7-login-refused',
    });
  });

  it.each([
    [1100, { kind: 'accepted' }],
    [2001, { kind: 'rejected', badAddress: false }],
    [2003, { kind: 'rejected', badAddress: true }],
    [3000, { kind: 'later', code: 'gateway.mm7-busy' }],
    [3002, { kind: 'rejected' }],
    [4006, { kind: 'later' }],
  ])('%i', (code, expected) => {
    expect(answered(code)).toMatchObject(expected);
  });

  it.each([
    [401, 'later'],
    [404, 'later'],
    [413, 'rejected'],
    [429, 'later'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'later'],
  ])('of HTTP %i without an envelope is %s', (status, kind) => {
    expect(httpAnswer(status, null).kind).toBe(kind);
  });

  it('without a status is unknown', () => {
    const xml = submitRspRelease6.replace(/<Status>.*<\/Status>/s, '');
    expect(submitAnswer(envelope(xml)).kind).toBe('unknown');
  });
});

describe('what a centre delivers', () => {
  it('is a report', () => {
    expect(requested(reportWithDate)).toEqual({
      answer: 'DeliveryReportRsp',
      events: [
        {
          kind: 'receipt',
          providerId: '369500617770864640',
          messageId: null,
          state: 'delivered',
          hint: false,
          badAddress: false,
          code: 'Retrieved: Success',
          at: Date.UTC(2015, 2, 16, 14, 3, 51, 749),
        },
      ],
    });
  });

  it.each([
    ['Expired', { state: 'expired', hint: false }],
    ['Rejected', { state: 'failed', hint: false }],
    ['Indeterminate', { state: 'accepted', hint: true }],
    ['Forwarded', { state: 'accepted', hint: true }],
    ['Deferred', { state: 'accepted', hint: false }],
    ['4446', { state: 'accepted', hint: true }],
  ])('is a report: %s', (status, expected) => {
    const xml = reportWithDate.replace('>Retrieved<', `>${status}<`);
    expect(requested(xml)?.events).toMatchObject([expected]);
  });

  it('is a reading, which proves little', () => {
    expect(requested(readReply)).toMatchObject({
      answer: 'ReadReplyRsp',
      events: [{ state: 'read', hint: true }],
    });
    const unread = readReply.replace('>Read<', '>Deleted without being read<');
    expect(requested(unread)?.events).toEqual([]);
  });

  it('is a message, from an address of a centre', () => {
    expect(requested(deliverRelease5)?.events).toMatchObject([
      {
        kind: 'incoming',
        from: '+48000000001',
        to: '+48100999999',
        at: Date.UTC(2015, 2, 16, 14, 3, 51),
        subject: null,
      },
    ]);
  });

  it('is a message with text and picture', () => {
    const parts: MimePart[] = [
      { headers: { 'content-type': 'application/smil' }, bytes: Buffer.from('<smil/>') },
      {
        headers: { 'content-type': 'text/plain; charset=iso-8859-2' },
        bytes: Buffer.from([0x5a, 0x61, 0x70, 0xb3, 0x61, 0x63, 0xea]),
      },
      {
        headers: { 'content-type': 'image/jpeg; name="../photo.jpg"' },
        bytes: Buffer.from([1, 2, 3]),
      },
    ];
    expect(requested(deliverWrapped, parts)?.events).toMatchObject([
      {
        from: '+48000000002',
        subject: 'Zdjęcie <1>',
        text: 'Zapłacę',
        media: [{ name: '..-photo.jpg', mediaType: 'image/jpeg' }],
      },
    ]);
  });

  it('keeps its key when it comes in another transaction', () => {
    const again = deliverRelease5.replace('>77<', '>78<');
    const keys = [deliverRelease5, again].map((xml) => requested(xml)?.events[0]);
    expect(keys[0]).toMatchObject({ sourceKey: (keys[1] as { sourceKey: string }).sourceKey });
    const other = requested(deliverRelease5, [{ headers: {}, bytes: Buffer.from('other') }]);
    expect(other?.events[0]).not.toMatchObject({
      sourceKey: (keys[0] as { sourceKey: string }).sourceKey,
    });
  });
});

describe('XML that is damaged or hostile', () => {
  it.each(hostile)('is refused: %s', (xml) => {
    expect(readEnvelope(xml)).toBeNull();
  });

  it('leads to nothing worse than being refused', () => {
    const samples = [submitRspRelease6, reportWithDate, deliverWrapped, fault];
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(3000),
        fc.nat(60),
        fc.string({ maxLength: 10 }),
        (sample, at, length, inserted) => {
          const from = at % sample.length;
          const message = readEnvelope(
            sample.slice(0, from) + inserted + sample.slice(from + length),
          );
          if (message === null) return;
          expect(['accepted', 'rejected', 'later', 'unknown']).toContain(
            submitAnswer(message).kind,
          );
          readRequest(message, []);
        },
      ),
      { numRuns: 500, seed: 6 },
    );
  });
});

describe('a multipart', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }),
        (all) => {
          const parts = all.map((bytes) => ({ headers: { 'Content-Type': 'image/gif' }, bytes }));
          const read = readParts('multipart/related; boundary="b-1"', writeMultipart(parts, 'b-1'));
          expect(read.map(({ bytes }) => [...bytes])).toEqual(all.map((bytes) => [...bytes]));
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });

  it('in a multipart is taken apart, and what is encoded is decoded', () => {
    const inner = [
      '--i',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Zap=C5=82a=',
      'ta',
      '--i',
      'Content-Transfer-Encoding: base64',
      'Content-Type: image/gif;',
      ' name=x.gif',
      '',
      'AQID',
      '--i--',
      '',
    ].join('\r\n');
    const outer = ['--o', 'Content-Type: multipart/mixed; boundary=i', '', inner, '--o--', ''];
    const parts = readParts('multipart/related;boundary=o', Buffer.from(outer.join('\r\n')));
    expect(parts.map(({ bytes }) => bytes.toString('utf8'))).toEqual([
      'Zapłata',
      '\u0001\u0002\u0003',
    ]);
    expect(parts[1]?.headers['content-type']).toBe('image/gif; name=x.gif');
  });

  it('of more parts than anybody sends, or of spaces without end, costs next to nothing', () => {
    const many = `${'--x\r\n\r\na\r\n'.repeat(500_000)}--x--`;
    const spaces = `--x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(1_000_000)}a\r\n--x--`;
    const startedMs = performance.now();
    expect(() => readParts('multipart/related; boundary=x', Buffer.from(many))).toThrow(
      'cannot be told apart',
    );
    expect(readParts('multipart/related; boundary=x', Buffer.from(spaces))).toHaveLength(1);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it.each([
    ['has no boundary', 'multipart/related', '--x\r\n\r\na\r\n--x--'],
    ['has no end', 'multipart/related; boundary=x', '--x\r\n\r\na'],
  ])('that %s is refused', (_name, type, body) => {
    expect(() => readParts(type, Buffer.from(body))).toThrow(
      expect.objectContaining({ code: 'mm7.bad-request' }),
    );
  });
});
