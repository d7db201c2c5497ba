import { expect, it } from 'vitest';
import { answeringDirection, readSdp, writeSdp } from './sdp.ts';

it('reads what it writes', () => {
  const sdp = writeSdp({
    host: '127.0.0.1',
    port: 4000,
    codecs: ['pcma', 'pcmu'],
    telephoneEventPayloadType: 97,
    direction: 'sendonly',
    version: 3,
  });
  expect(sdp).toContain('m=audio 4000 RTP/AVP 8 0 97\r\n');
  expect(readSdp(sdp)).toEqual({
    host: '127.0.0.1',
    port: 4000,
    codecs: ['pcma', 'pcmu'],
    telephoneEventPayloadType: 97,
    direction: 'sendonly',
  });
});

it('finds no plain audio in WebRTC or video', () => {
  const head = 'v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\n';
  expect(readSdp(`${head}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`)).toBeNull();
  expect(readSdp(`${head}m=video 9 RTP/AVP 96\r\n`)).toBeNull();
});

it.each([
  ['sendrecv', 'sendrecv'],
  ['sendonly', 'recvonly'],
  ['recvonly', 'sendonly'],
  ['inactive', 'inactive'],
] as const)('answers %s with %s', (offered, answered) => {
  expect(answeringDirection(offered)).toBe(answered);
});
