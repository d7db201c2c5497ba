import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OwnCarrier } from '../support/own-carrier.ts';
import {
  finishWrapUp,
  hangUpAndDispose,
  heard,
  nextConnected,
  workStateIs,
} from './support/calls.ts';
import { EngineRun, numberEnding } from './support/engine.ts';
import { freePorts } from './support/sipp-carrier.ts';

/** What carriers refuse, what strangers send, and what the door does not let through. */

const DEBTOR = numberEnding('001');
const DEBTOR_HZ = 700;
const carriers: OwnCarrier[] = [];
let engine: EngineRun;

beforeAll(async () => {
  engine = await EngineRun.start({ numbers: [DEBTOR] });
});
afterAll(() => engine?.stop());
afterEach(async () => {
  for (const carrier of carriers.splice(0)) await carrier.stop();
});

async function carrierWith(access: Record<string, unknown>): Promise<OwnCarrier> {
  const carrier = await OwnCarrier.start({
    name: 'trunk',
    carrier: { access },
    otherwise: { kind: 'tone', hz: DEBTOR_HZ, levelDbfs: -20, afterMs: 100 },
  });
  carriers.push(carrier);
  return carrier;
}

describe('a trunk that registers', () => {
  const registers = { authentication: 'register', user: 'firm' } as const;

  it('refused, says so with the status and when it tries again, waits longer each time, and takes no calls', async () => {
    const carrier = await carrierWith({ kind: 'refuse', status: 403 });
    const name = 'Refuses';
    const trunk = await engine.trunkTo(carrier.port, { ...registers, name }, 'refused');
    const failure = async () => (await engine.trunk(trunk.trunkId)).lastFailure;
    const first = await failure();
    expect(first).toMatchObject({ code: 'sip.403' });
    expect(first?.retryAt ?? 0).toBeGreaterThan(first?.at ?? Infinity);
    const waits = new Map<number, number>();
    await engine.owner.until('three refusals', async () => {
      const latest = await failure();
      if (latest?.retryAt) waits.set(latest.retryAt, latest.retryAt - latest.at);
      return waits.size >= 3;
    });
    const [shortest = 0, , longest = 0] = [...waits.values()];
    expect(longest).toBeGreaterThan(shortest);
    await expect(
      engine.owner.send('call.place', { to: numberEnding('002') }),
    ).rejects.toMatchObject({
      code: 'call.no-trunk',
    });
    await engine.owner.send('telephony.remove-trunk', { trunkId: trunk.trunkId });
  });

  it('with the right password is registered and carries a call with audio', async () => {
    const carrier = await carrierWith({ kind: 'register', user: 'firm', password: 'secret' });
    const trunk = await engine.trunkTo(carrier.port, { ...registers, name: 'Asks' }, 'registered');
    await engine.owner.goReady();
    await engine.owner.send('call.place', { to: numberEnding('002') });
    const callId = await nextConnected(engine.owner, 0);
    expect(Math.abs((await heard(engine.owner, DEBTOR_HZ)) + 20)).toBeLessThan(0.5);
    await hangUpAndDispose(engine.owner, callId, 'dispute');
    await engine.owner.send('telephony.remove-trunk', { trunkId: trunk.trunkId });
  });
});

describe('a trunk known by its address', () => {
  it('goes on talking while strangers send damaged SIP and RTP to every port it has', async () => {
    const carrier = await carrierWith({ kind: 'address' });
    const localPort = await freePorts(1);
    const trunk = await engine.trunkTo(carrier.port, { name: 'Plain', localPort });
    await workStateIs(engine.owner, 'ready');
    await engine.owner.send('call.place', { to: numberEnding('003') });
    const callId = await nextConnected(engine.owner, 1);
    const ports = [localPort, ...(await udpPortsOf(await engine.mediaPid()))];
    expect(ports.length).toBeGreaterThan(1);
    const stranger = createSocket('udp4');
    for (let round = 0; round < 40; round += 1)
      for (const port of ports)
        for (const packet of damaged(round)) stranger.send(packet, port, '127.0.0.1');
    expect(Math.abs((await heard(engine.owner, DEBTOR_HZ)) + 20)).toBeLessThan(0.5);
    stranger.close();
    await once(stranger, 'close');
    expect((await engine.owner.send('call.current', {})).call).toMatchObject({
      state: 'connected',
    });
    await hangUpAndDispose(engine.owner, callId, 'dispute');
    await engine.owner.send('telephony.remove-trunk', { trunkId: trunk.trunkId });
  });
});

describe('the door', () => {
  let carrier: OwnCarrier;

  beforeAll(async () => {
    carrier = await carrierWith({ kind: 'address' });
    // It stays for all tests of this block.
    carriers.length = 0;
    await engine.trunkTo(carrier.port, { name: 'Door' });
    await workStateIs(engine.owner, 'ready');
  });
  afterAll(() => carrier?.stop());

  it('lets no real number out of a practice store, says by which rule, and leaves the agent free', async () => {
    await expect(engine.owner.send('call.place', { to: '+48221234567' })).rejects.toMatchObject({
      code: 'contact-rules.refused',
      details: { blockedBy: [expect.objectContaining({ because: 'real-in-practice' })] },
    });
    await workStateIs(engine.owner, 'ready');
    expect(await carrier.calls()).toEqual([]);
  });

  it('a debtor who said "do not call" is not called by hand either, and the rule is named', async () => {
    const connected = engine.owner.events.filter(({ name }) => name === 'call.connected').length;
    await engine.owner.send('call.place', { to: DEBTOR });
    const callId = await nextConnected(engine.owner, connected);
    await engine.owner.send('call.hang-up', { callId });
    await finishWrapUp(engine.owner, callId, 'doNotCall');
    await expect(engine.owner.send('call.place', { to: DEBTOR })).rejects.toMatchObject({
      code: 'contact-rules.refused',
      details: { blockedBy: [expect.objectContaining({ rule: 'PR-H-02', because: 'hold' })] },
    });
  });
});

/** Packets that are nearly right, and some that are nothing. */
function damaged(round: number): Buffer[] {
  const rtp = Buffer.alloc(172, round);
  rtp[0] = 0x80;
  rtp[1] = round % 128;
  return [
    Buffer.from('INVITE sip:x SIP/2.0\r\n\r\n'),
    Buffer.from(`SIP/2.0 200 OK\r\nCSeq: ${round} BYE\r\nContent-Length: 99999\r\n\r\n`),
    Buffer.from([0, 255, round]),
    rtp,
    rtp.subarray(0, 11),
    Buffer.concat([Buffer.from([0xbf]), rtp.subarray(1)]),
  ];
}

/** Local UDP ports that a process has open, as the system knows them. */
async function udpPortsOf(pid: number): Promise<number[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) =>
      readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''),
    ),
  );
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const table = (await readFile('/proc/net/udp', 'utf8')).trim().split('\n').slice(1);
  return table.flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    return inodes.has(columns[9]) ? [Number.parseInt(columns[1]?.split(':')[1] ?? '', 16)] : [];
  });
}
