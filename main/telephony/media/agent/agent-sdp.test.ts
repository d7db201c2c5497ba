import { describe, expect, it } from 'vitest';
import { finishAgentOffer, readAgentAnswer } from './agent-sdp.ts';

const TRANSPORT_OFFER = [
  'v=0',
  'o=rtc 1 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=fingerprint:sha-256 AA:BB',
  'm=audio 35399 UDP/TLS/RTP/SAVPF 0 8 101',
  'c=IN IP4 192.0.2.2',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:0 PCMU/8000/1',
  'a=rtpmap:8 PCMA/8000/1',
  'a=rtpmap:101 telephone-event/8000/2',
  'a=setup:actpass',
  'a=ice-ufrag:xiPt',
  'a=ice-pwd:e3ISGOow6CiZuqGYZReORm',
  'a=candidate:2 1 UDP 2116026111 2001:db8::2 35399 typ host',
  'a=candidate:1 1 UDP 2114977791 192.0.2.2 35399 typ host',
  'a=end-of-candidates',
  '',
].join('\r\n');

function answer(media: string[], audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 0 101'): string {
  return [
    'v=0',
    'o=- 5 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    audio,
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=setup:active',
    ...media,
    '',
  ].join('\r\n');
}

const CREDENTIALS = [
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  'a=fingerprint:sha-256 CC:DD',
];

describe('the offer to a page', () => {
  const offer = finishAgentOffer(TRANSPORT_OFFER, ['127.0.0.1', '192.0.2.2']);

  it('has exactly the addresses of the role, in order, at the bound port', () => {
    expect(offer.match(/^a=candidate.*$/gm)).toEqual([
      'a=candidate:1 1 UDP 2130706431 127.0.0.1 35399 typ host',
      'a=candidate:2 1 UDP 2130706175 192.0.2.2 35399 typ host',
    ]);
    expect(offer).toContain('a=end-of-candidates');
  });

  it('is actpass, with PCMU, PCMA, telephone-event 101 and 20 ms, and no announced SSRC', () => {
    expect(offer).toContain('a=setup:actpass');
    expect(offer).toContain('m=audio 35399 UDP/TLS/RTP/SAVPF 0 8 101');
    expect(offer).toContain('a=rtpmap:101 telephone-event/8000\r\n');
    expect(offer).toContain('a=ptime:20');
    expect(offer).not.toContain('a=ssrc');
  });

  it('fails when the transport found no address', () => {
    const bare = TRANSPORT_OFFER.replace(/a=candidate.*\r\n/g, '');
    expect(() => finishAgentOffer(bare, ['127.0.0.1'])).toThrow(
      expect.objectContaining({ code: 'media.no-candidate' }),
    );
  });
});

describe('the answer of a page', () => {
  it('loses its .local and TCP candidates and keeps the rest', () => {
    const read = readAgentAnswer(
      answer([
        'a=rtpmap:0 PCMU/8000',
        'a=rtpmap:101 telephone-event/8000',
        ...CREDENTIALS,
        'a=candidate:1 1 udp 2113937151 0f0e1d2c-aaaa.local 50000 typ host',
        'a=candidate:2 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active',
        'a=candidate:3 1 udp 2113937151 192.0.2.9 50001 typ host',
      ]),
    );
    expect(read.sdp.match(/^a=candidate.*$/gm)).toEqual([
      'a=candidate:3 1 udp 2113937151 192.0.2.9 50001 typ host',
    ]);
    expect(read).toMatchObject({ payloadType: 0, telephoneEventPayloadType: 101 });
  });

  it('may choose A-law and no telephone-event', () => {
    const read = readAgentAnswer(answer(CREDENTIALS, 'm=audio 9 UDP/TLS/RTP/SAVPF 8'));
    expect(read).toMatchObject({ payloadType: 8, telephoneEventPayloadType: null });
  });

  it.each([
    ['refused audio', answer(CREDENTIALS, 'm=audio 0 UDP/TLS/RTP/SAVPF 0')],
    ['no audio', answer(CREDENTIALS, 'm=video 9 UDP/TLS/RTP/SAVPF 96')],
    ['another codec', answer(CREDENTIALS, 'm=audio 9 UDP/TLS/RTP/SAVPF 111')],
    ['no fingerprint', answer(CREDENTIALS.slice(0, 2))],
    ['no ICE credentials', answer(CREDENTIALS.slice(2))],
    ['not SDP', 'hello'],
  ])('with %s is refused', (_name, sdp) => {
    expect(() => readAgentAnswer(sdp)).toThrow(
      expect.objectContaining({ code: 'media.bad-answer' }),
    );
  });
});
