import { describe, expect, it } from 'vitest';
import {
  answerDirection,
  buildTrunkAnswer,
  buildTrunkOffer,
  type MediaDirection,
  parseTrunkSdp,
  readTrunkAnswer,
} from './trunk-sdp.ts';

const own = { host: '192.0.2.10', port: 20_000, originId: 77, version: 1 };

function sdp(...lines: string[]): string {
  const head = ['v=0', 'o=- 1 1 IN IP4 198.51.100.1', 's=-', 't=0 0'];
  return `${[...head, ...lines].join('\r\n')}\r\n`;
}

const connection = 'c=IN IP4 198.51.100.1';

describe('our offer', () => {
  it('names both G.711 codecs, telephone-event and 20 ms', () => {
    const text = buildTrunkOffer(own);
    expect(text).toContain('m=audio 20000 RTP/AVP 8 0 101\r\n');
    expect(text).toContain('a=rtpmap:101 telephone-event/8000');
    expect(text).toContain('a=fmtp:101 0-15');
    expect(text).toContain('a=ptime:20');
    expect(text).toContain('o=- 77 1 IN IP4 192.0.2.10');
    expect(parseTrunkSdp(text)).toEqual({
      host: '192.0.2.10',
      port: 20_000,
      payloadTypes: [8, 0],
      telephoneEventPayloadType: 101,
      direction: 'sendrecv',
      ptimeMs: 20,
    });
  });

  it('writes an IPv6 address as such, and a hold direction', () => {
    const text = buildTrunkOffer({ ...own, host: '2001:db8::1', direction: 'sendonly' });
    expect(text).toContain('c=IN IP6 2001:db8::1');
    expect(text).toContain('a=sendonly');
  });
});

describe('reading a description', () => {
  it('takes static types without rtpmap, in the order written, and no ptime as 20', () => {
    expect(parseTrunkSdp(sdp(connection, 'm=audio 4000 RTP/AVP 8 0'))).toEqual({
      host: '198.51.100.1',
      port: 4000,
      payloadTypes: [8, 0],
      telephoneEventPayloadType: null,
      direction: 'sendrecv',
      ptimeMs: 20,
    });
  });

  it('prefers the address of the m-line to that of the whole', () => {
    const read = parseTrunkSdp(
      sdp(connection, 'm=audio 4000 RTP/AVP 0', 'c=IN IP6 2001:db8::5', 'a=ptime:30'),
    );
    expect(read.host).toBe('2001:db8::5');
    expect(read.ptimeMs).toBe(30);
  });

  it('takes the first audio line with G.711 and passes over refused and secured ones', () => {
    const read = parseTrunkSdp(
      sdp(
        connection,
        'm=video 3000 RTP/AVP 96',
        'm=audio 0 RTP/AVP 0',
        'm=audio 3500 RTP/SAVP 0',
        'm=audio 4000 RTP/AVP 9',
        'm=audio 5000 RTP/AVP 0 96',
        'a=rtpmap:96 telephone-event/8000',
      ),
    );
    expect(read.port).toBe(5000);
    expect(read.telephoneEventPayloadType).toBe(96);
  });

  it('ignores telephone-event of another clock rate or outside the m-line', () => {
    const read = parseTrunkSdp(
      sdp(
        connection,
        'm=audio 5000 RTP/AVP 0 97',
        'a=rtpmap:97 telephone-event/48000',
        'a=rtpmap:98 telephone-event/8000',
      ),
    );
    expect(read.telephoneEventPayloadType).toBeNull();
  });

  it('takes 0.0.0.0 as the old way to hold, and the direction of the whole when the m-line has none', () => {
    expect(parseTrunkSdp(sdp('c=IN IP4 0.0.0.0', 'm=audio 5000 RTP/AVP 0')).direction).toBe(
      'inactive',
    );
    const whole = parseTrunkSdp(sdp(connection, 'a=sendonly', 'm=audio 5000 RTP/AVP 0'));
    expect(whole.direction).toBe('sendonly');
  });

  it.each([
    ['sdp.malformed', 'hello'],
    ['sdp.malformed', ''],
    ['sdp.malformed', sdp('m=audio 5000 RTP/AVP 0')],
    ['sdp.no-audio', sdp(connection)],
    ['sdp.no-audio', sdp(connection, 'm=audio 0 RTP/AVP 0')],
    ['sdp.no-common-codec', sdp(connection, 'm=audio 5000 RTP/AVP 9 18')],
    ['sdp.no-common-codec', sdp(connection, 'm=audio 5000 RTP/AVP 0', 'a=rtpmap:0 G722/8000')],
  ])('refuses with %s', (code, text) => {
    expect(() => parseTrunkSdp(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('our answer', () => {
  it('keeps every m-line, refuses all but one with port 0, and echoes their event type', () => {
    const { answerSdp, remote } = buildTrunkAnswer(
      sdp(
        connection,
        'm=video 3000 RTP/AVP 96',
        'a=rtpmap:96 H264/90000',
        'm=audio 5000 RTP/AVP 18 8 0 110',
        'a=rtpmap:110 telephone-event/8000',
      ),
      own,
    );
    expect(answerSdp.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 96',
      'm=audio 20000 RTP/AVP 8 110',
    ]);
    expect(remote).toEqual({
      host: '198.51.100.1',
      port: 5000,
      payloadType: 8,
      telephoneEventPayloadType: 110,
      direction: 'sendrecv',
    });
  });

  it('answers hold with what is left', () => {
    const held = buildTrunkAnswer(sdp(connection, 'm=audio 5000 RTP/AVP 0', 'a=sendonly'), own);
    expect(held.remote.direction).toBe('recvonly');
    expect(held.answerSdp).toContain('a=recvonly');
  });

  it('does not take a codec that the trunk does not allow', () => {
    expect(() =>
      buildTrunkAnswer(sdp(connection, 'm=audio 5000 RTP/AVP 0'), { ...own, payloadTypes: [8] }),
    ).toThrow(expect.objectContaining({ code: 'sdp.no-common-codec' }));
  });
});

describe('the answer to our offer', () => {
  it('gives codec, address, event type and direction', () => {
    const answer = sdp(
      connection,
      'm=audio 5000 RTP/AVP 8 101',
      'a=rtpmap:101 telephone-event/8000',
    );
    expect(readTrunkAnswer(answer)).toEqual({
      host: '198.51.100.1',
      port: 5000,
      payloadType: 8,
      telephoneEventPayloadType: 101,
      direction: 'sendrecv',
    });
  });
});

describe('direction', () => {
  const directions: MediaDirection[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
  const expected: Record<MediaDirection, MediaDirection[]> = {
    sendrecv: ['sendrecv', 'recvonly', 'sendonly', 'inactive'],
    sendonly: ['sendonly', 'inactive', 'sendonly', 'inactive'],
    recvonly: ['recvonly', 'recvonly', 'inactive', 'inactive'],
    inactive: ['inactive', 'inactive', 'inactive', 'inactive'],
  };

  it.each(directions)('of %s against each of theirs', (ours) => {
    expect(directions.map((theirs) => answerDirection(ours, theirs))).toEqual(expected[ours]);
  });
});
