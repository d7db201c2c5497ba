import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRtcp } from './rtp/rtcp-packet.ts';
import { writeRtp } from './rtp/rtp-packet.ts';
import { CarrierPeer } from './test-support/carrier-peer.ts';
import { MediaRig } from './test-support/media-rig.ts';
import { parseStunAnswer } from './trunk/stun-binding.ts';

describe('what a network does to a trunk leg', () => {
  let rig: MediaRig;

  beforeAll(async () => {
    rig = new MediaRig();
    await rig.start();
  });

  afterAll(() => rig.close());

  it('counts and drops what is no RTP, of an unknown type, or from a stranger', async () => {
    const { legId, carrier, port } = await rig.leg();
    await rig.event((event) => event.type === 'legFirstPacket' && event.legId === legId);
    const good = {
      marker: false,
      payloadType: 0,
      sequenceNumber: 1,
      rtpTimestamp: 1,
      ssrc: 3,
      payload: new Uint8Array(160),
    };
    carrier.sendBytes(Buffer.from('not RTP at all'));
    carrier.sendBytes(Buffer.alloc(0));
    carrier.sendBytes(writeRtp(good).subarray(0, 11));
    carrier.sendBytes(writeRtp({ ...good, payloadType: 96 }));
    carrier.sendBytes(
      Buffer.concat([
        Buffer.from([0x90]),
        writeRtp({ ...good, payload: new Uint8Array(0) }).subarray(1),
      ]),
    );
    const stranger = await CarrierPeer.open();
    const talker = stranger.talkTo(port);
    await carrier.heard.until('10 packets', (heard) => heard.packets.length >= 10);
    talker.stop();
    const { legs } = await rig.media.request('statistics', {});
    expect(legs[legId]?.packetsDropped).toBeGreaterThanOrEqual(6);
    expect(stranger.heard.packets).toEqual([]);
    carrier.heard.clear();
    await carrier.heard.until('still alive', (heard) => heard.packets.length >= 5);
    stranger.close();
  });

  it('takes nothing before SDP named the peer, and sends where packets come from afterwards', async () => {
    const { port } = await rig.media.request('openTrunkLeg', {
      legId: 'nat',
      bindHost: '127.0.0.1',
    });
    expect(port % 2).toBe(0);
    const behindNat = await CarrierPeer.open();
    const talker = behindNat.talkTo(port);
    await rig.media.request('setTrunkRemote', {
      legId: 'nat',
      host: '127.0.0.1',
      port: 9,
      payloadType: 0,
      direction: 'sendrecv',
    });
    await behindNat.heard.until('audio at the real source', (heard) => heard.packets.length >= 5);
    talker.stop();
    await rig.media.request('closeTrunkLeg', { legId: 'nat' });
    behindNat.close();
  });

  it('sends nothing where RTP is not wanted', async () => {
    const { legId, carrier } = await rig.leg();
    await carrier.heard.until('audio', (heard) => heard.packets.length >= 3);
    const hold = {
      legId,
      host: '0.0.0.0',
      port: carrier.port,
      payloadType: 0 as const,
      direction: 'sendrecv' as const,
    };
    await rig.media.request('setTrunkRemote', hold);
    const before = (await rig.media.request('statistics', {})).legs[legId]?.packetsSent ?? 0;
    await rig.media.request('setTrunkRemote', {
      ...hold,
      host: '127.0.0.1',
      direction: 'recvonly',
    });
    const other = await rig.leg();
    await other.carrier.heard.until('some time', (heard) => heard.packets.length >= 10);
    const after = (await rig.media.request('statistics', {})).legs[legId]?.packetsSent ?? 0;
    expect(after - before).toBeLessThanOrEqual(1);
  });

  it('tells a carrier that went silent', async () => {
    const { legId, debtor } = await rig.leg();
    await rig.event((event) => event.type === 'legFirstPacket' && event.legId === legId);
    debtor.paused = true;
    const stalled = await rig.event(
      (event) => event.type === 'legStalled' && event.legId === legId,
    );
    expect(stalled).toMatchObject({ type: 'legStalled' });
    if (stalled.type === 'legStalled') expect(stalled.silentMs).toBeGreaterThanOrEqual(2_000);
  });

  it('reports by RTCP on the next port', async () => {
    let carrier = await CarrierPeer.open();
    // the peer needs a free neighbour port for RTCP
    const rtcp = createSocket('udp4');
    for (let bound = false; !bound; ) {
      bound = await new Promise((resolve) => {
        rtcp.once('error', () => resolve(false));
        rtcp.bind(carrier.port + 1, '127.0.0.1', () => resolve(true));
      });
      if (!bound) {
        carrier.close();
        carrier = await CarrierPeer.open();
      }
    }
    const { port } = await rig.media.request('openTrunkLeg', {
      legId: 'rtcp',
      bindHost: '127.0.0.1',
    });
    await rig.media.request('setTrunkRemote', {
      legId: 'rtcp',
      host: '127.0.0.1',
      port: carrier.port,
      payloadType: 0,
      direction: 'sendrecv',
    });
    carrier.talkTo(port);
    const [bytes, from] = (await once(rtcp, 'message')) as [Buffer, { port: number }];
    const [report] = parseRtcp(bytes);
    expect(from.port).toBe(port + 1);
    expect(report?.sender?.packets).toBeGreaterThan(200);
    expect(report?.blocks[0]).toMatchObject({ ssrc: 0x00ca_0001, packetsLost: 0 });
    await rig.media.request('closeTrunkLeg', { legId: 'rtcp' });
    carrier.close();
    rtcp.close();
  });

  it('learns its public address by STUN, and does without when nobody answers', async () => {
    const server = createSocket('udp4');
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    server.on('message', (request, remote) => {
      const answer = Buffer.concat([
        Buffer.from('0101000c2112a442', 'hex'),
        request.subarray(8, 20),
        Buffer.from('002000080001a147e112a643', 'hex'),
      ]);
      expect(parseStunAnswer(answer, request.subarray(8, 20))).not.toBeNull();
      server.send(answer, remote.port, remote.address);
    });
    const stun = { host: '127.0.0.1', port: server.address().port };
    const open = await rig.media.request('openTrunkLeg', {
      legId: 'stun',
      bindHost: '127.0.0.1',
      stun,
    });
    expect(open.publicAddress).toEqual({ host: '192.0.2.1', port: 32_853 });
    server.removeAllListeners('message');
    const alone = await rig.media.request('openTrunkLeg', {
      legId: 'alone',
      bindHost: '127.0.0.1',
      stun,
    });
    expect(alone.publicAddress).toBeUndefined();
    server.close();
  });

  it('tells a line whose page went silent, and one whose page closed', async () => {
    const { lineId, agent, softphone } = await rig.line();
    agent.paused = true;
    await rig.event(
      (event) => event.type === 'lineFlowing' && event.lineId === lineId && !event.flowing,
    );
    await softphone.close();
    await rig.event((event) => event.type === 'lineLost' && event.lineId === lineId, 40_000);
  });
});
