import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeUcs2 } from '#shared/util/index.ts';
import { hasPeer } from '../../../testing/peers.ts';
import { readUserData } from './concatenation.ts';
import { AdapterRig, aMessage } from './testing/adapter-rig.ts';
import { PeerProcess } from './testing/peer-process.ts';

const script = join(import.meta.dirname, 'testing/smsc.pl');
const longPolish = 'Prosimy o wpłatę zaległej raty do piątku. Dziękujemy! '.repeat(4).trim();
const until = <Value>(check: () => Value) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

const started: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});

interface Told {
  event: string;
  [name: string]: string;
}

async function aPerlSmsc() {
  const peer = new PeerProcess('perl', [script]);
  started.push(peer);
  const told = (event: string): Told[] =>
    peer.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Told)
      .filter((one) => one.event === event);
  const port = await until(() => {
    const [listening] = told('listening');
    expect(listening, peer.lines.join('\n')).toBeDefined();
    return Number(listening?.port);
  });
  return { peer, told, port };
}

describe.skipIf(!hasPeer('perl-smpp'))('an SMSC on Net::SMPP', () => {
  it('takes a long Polish message, reports on its parts, and brings an answer', async () => {
    const { told, port } = await aPerlSmsc();
    const rig = new AdapterRig({ port });
    started.push({ stop: () => rig.adapter.close() });
    rig.adapter.open();
    await until(() => expect(rig.state?.kind).toBe('ready'));
    await until(() =>
      expect(told('bind')).toMatchObject([
        { system_id: 'dialdesk', password: 'secret', version: '52' },
      ]),
    );
    // it asks for a sign of life as soon as we are bound
    await until(() =>
      expect(told('answer')).toContainEqual({ event: 'answer', command: '80000015', status: '0' }),
    );

    const handOver = await rig.adapter.send(aMessage({ to: '+48100000095', text: longPolish }));
    expect(handOver).toEqual({
      kind: 'accepted',
      providerIds: ['255', '256', '257', '258'],
      parts: 4,
    });
    // what it tells of them comes on another way than its answers
    const submits = await until(() => {
      const all = told('submit');
      expect(all).toHaveLength(4);
      return all;
    });
    expect(submits).toMatchObject(
      Array(4).fill({
        destination: '48100000095',
        source: 'FIRMA',
        source_ton: '5',
        esm_class: '64',
        data_coding: '8',
        registered: '1',
        validity: '000001000000000R',
      }),
    );
    const read = submits.map(({ text }) => readUserData(Buffer.from(text ?? '', 'hex')));
    expect(read.map(({ part }) => part?.number)).toEqual([1, 2, 3, 4]);
    expect(read.map(({ text }) => decodeUcs2(text)).join('')).toBe(longPolish);

    await until(() => expect(rig.events).toHaveLength(5));
    expect(rig.receipts).toMatchObject(
      ['255', '256', '257', '258'].map((providerId) => ({
        providerId,
        state: 'failed',
        code: 'UNDELIV 011',
        badAddress: false,
      })),
    );
    expect(rig.incoming).toMatchObject([
      { from: '+48100000095', to: '7157', text: 'Zapłacę jutro', part: null },
    ]);
    await until(() =>
      expect(told('answer').filter(({ command }) => command === '80000005')).toEqual(
        Array(5).fill({ event: 'answer', command: '80000005', status: '0' }),
      ),
    );
  });

  it('answers what became of a message, and sees us take leave', async () => {
    const { told, port, peer } = await aPerlSmsc();
    const rig = new AdapterRig({ port, settings: { enquireEveryMs: 100 } });
    rig.adapter.open();
    await until(() => expect(rig.state?.kind).toBe('ready'));
    const message = aMessage({ text: 'Saldo 10 zl' });
    await rig.adapter.send(message);
    const { messageId, channel, to } = message;
    const asked = { messageId, channel, to, providerIds: ['255'], permittedAt: 0 };
    expect(await rig.adapter.query(asked)).toMatchObject({ providerId: '255', state: 'delivered' });
    await until(() => expect(told('submit')).toMatchObject([{ data_coding: '0', esm_class: '0' }]));
    await rig.adapter.close();
    await until(() => expect(told('unbind')).toHaveLength(1));
    await until(() => expect(peer.ended).toBe(true));
    expect(rig.states.some(({ kind }) => kind === 'failing')).toBe(false);
  });
});
