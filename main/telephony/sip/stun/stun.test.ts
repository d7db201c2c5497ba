import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { globalClock, makeScriptedBench, placeCall } from '../../../testing/sip-bench.ts';
import { SipNetwork } from '../../../testing/sip-network.ts';
import { fromSipSocket } from '../transport/datagram-port.ts';
import { discoverThrough } from './discover-public-address.ts';
import { makeBindingRequest, readBindingResponse } from './stun-message.ts';

const SERVER = { host: '192.0.2.3', port: 3478 };

/** The IPv4 sample response of RFC 5769 §2.2: 192.0.2.1, port 32853. */
const RFC_5769_RESPONSE = Buffer.from(
  `0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220
   002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7
   80280004c07d4c96`.replaceAll(/\s/g, ''),
  'hex',
);

function requestOf(response: Buffer): Buffer {
  const request = makeBindingRequest();
  response.copy(request, 4, 4, 20);
  return request;
}

function answerTo(request: Uint8Array): Buffer {
  const response = Buffer.alloc(32);
  response.writeUInt16BE(0x0101, 0);
  response.writeUInt16BE(12, 2);
  Buffer.from(request).copy(response, 4, 4, 20);
  response.writeUInt16BE(0x0020, 20);
  response.writeUInt16BE(8, 22);
  response[25] = 1;
  response.writeUInt16BE(40_000 ^ 0x2112, 26);
  [203, 0, 113, 7].forEach((byte, index) => {
    response[28 + index] = byte ^ (response[4 + index] ?? 0);
  });
  return response;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('reading a binding response', () => {
  it('reads the sample of RFC 5769', () => {
    const request = requestOf(RFC_5769_RESPONSE);
    expect(readBindingResponse(RFC_5769_RESPONSE, request)).toEqual({
      host: '192.0.2.1',
      port: 32_853,
    });
  });

  it('takes nothing from another transaction, and nothing from any truncation', () => {
    const request = requestOf(RFC_5769_RESPONSE);
    expect(readBindingResponse(RFC_5769_RESPONSE, makeBindingRequest())).toBeNull();
    for (let length = 0; length < RFC_5769_RESPONSE.length; length += 1) {
      expect(readBindingResponse(RFC_5769_RESPONSE.subarray(0, length), request)).toBeNull();
    }
  });
});

describe('asking a server', () => {
  it('repeats the question until the answer comes', async () => {
    const network = new SipNetwork(globalClock);
    const port = fromSipSocket(network.socket('10.0.0.1', 5060));
    const server = network.socket(SERVER.host, SERVER.port);
    let asked = 0;
    server.onPacket = (bytes, from) => {
      asked += 1;
      if (asked === 3) server.send(answerTo(bytes), from.host, from.port);
    };
    const found = discoverThrough(port, SERVER, globalClock);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await found).toEqual({ host: '203.0.113.7', port: 40_000 });
    expect(asked).toBe(3);
  });

  it('says so when nothing answers', async () => {
    const port = fromSipSocket(new SipNetwork(globalClock).socket('10.0.0.1', 5060));
    const found = discoverThrough(port, SERVER, globalClock).catch((error) => error.code);
    await vi.advanceTimersByTimeAsync(7000);
    expect(await found).toBe('sip.stun-no-answer');
  });

  it('gives an endpoint the outside of its own socket, which still speaks SIP', async () => {
    const network = new SipNetwork(globalClock);
    const server = network.socket(SERVER.host, SERVER.port);
    server.onPacket = (bytes, from) => server.send(answerTo(bytes), from.host, from.port);
    const opening = makeScriptedBench({ socket: network.socket('10.0.0.5'), stun: SERVER });
    await vi.advanceTimersByTimeAsync(10);
    const { alice } = await opening;
    placeCall(alice);
    await vi.advanceTimersByTimeAsync(10);
    const [invite] = network.of('INVITE');
    expect(invite?.text).toContain('Via: SIP/2.0/UDP 203.0.113.7:40000;');
    expect(alice.counters.malformed).toBe(0);
    await alice.close();
  });
});
