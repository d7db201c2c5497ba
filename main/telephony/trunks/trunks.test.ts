import { afterEach, describe, expect, it } from 'vitest';
import type { TrunkSettings } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { SipEndpoint } from '../sip/types.ts';
import { trunkWrites } from './trunk-writes.ts';
import { Trunks } from './trunks.ts';

const settings = (host: string): TrunkSettings => ({
  name: 'Office',
  host,
  port: 5060,
  authentication: 'address',
  user: '',
  authUser: '',
  domain: '',
  callerIdHeader: 'from',
  numberFormat: 'e164',
  country: 'PL',
  dialPrefix: '',
  codecs: ['pcma'],
  maxConcurrentCalls: 10,
  localPort: 0,
  nat: { kind: 'none' },
  keepAliveMs: 0,
});

const stores: TestStore[] = [];

function open(storeKind: 'practice' | 'real') {
  const store = openTestStore({ storeKind, writes: trunkWrites });
  stores.push(store);
  const endpoint = {
    localPort: 5070,
    close: async () => {},
    onIncoming: null,
  } as unknown as SipEndpoint;
  const trunks = new Trunks({
    store,
    storeKind,
    clock: { now: () => 0, monotonic: () => 0, setTimer: () => () => {} },
    createEndpoint: async () => endpoint,
    discoverPublicAddress: async () => ({ host: '192.0.2.1', port: 5060 }),
    localAddressTowards: async () => '127.0.0.1',
    lastPort: () => 0,
    rememberPort: () => {},
  });
  const save = (host: string, practice: boolean) =>
    store.write(trunkWrites, 'trunk.save', {
      trunkId: null,
      settings: settings(host),
      password: null,
      enabled: true,
      practice,
      callerIds: [{ e164: '+48100000000', label: '' }],
    });
  return { store, trunks, save };
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

describe('practice and real trunks', () => {
  it.each(['sip.carrier.example', '192.0.2.10', '10.0.0.1', '127.0.0.1.evil.example'])(
    'refuses %s in a practice store',
    (host) => {
      const { trunks } = open('practice');
      expect(() => trunks.checkKind(host)).toThrowError(
        expect.objectContaining({ code: 'telephony.practice-store' }),
      );
    },
  );

  it('refuses to open a trunk that got into a practice store by other means', async () => {
    const { trunks, save } = open('practice');
    await save('sip.carrier.example', false);
    await expect(trunks.openAll()).rejects.toMatchObject({ code: 'telephony.practice-store' });
  });

  it('refuses the practice carrier in a real store', async () => {
    const { trunks, save } = open('real');
    await save('127.0.0.1', true);
    await expect(trunks.openAll()).rejects.toMatchObject({ code: 'telephony.real-store' });
  });

  it('opens a loopback trunk in a practice store and any trunk in a real one', async () => {
    for (const [kind, host] of [
      ['practice', '127.0.0.1'],
      ['real', 'sip.carrier.example'],
    ] as const) {
      const { trunks, save } = open(kind);
      const { trunkId } = await save(host, false);
      await trunks.openAll();
      expect(trunks.usable(trunkId)).toEqual({ ok: true });
    }
  });
});

describe('numbers of a trunk', () => {
  it('keeps the id of a number that stays, and removes one that is gone', async () => {
    const { trunks, save, store } = open('practice');
    const { trunkId } = await save('127.0.0.1', false);
    await trunks.openAll();
    const [before] = trunks.view(trunkId).callerIds;
    await store.write(trunkWrites, 'trunk.save', {
      trunkId,
      settings: settings('127.0.0.1'),
      password: null,
      enabled: true,
      practice: false,
      callerIds: [
        { e164: '+48100000000', label: 'Main' },
        { e164: '+48100000001', label: '' },
      ],
    });
    const numbers = trunks.view(trunkId).callerIds;
    expect(numbers.map((item) => [item.e164, item.label])).toEqual([
      ['+48100000000', 'Main'],
      ['+48100000001', ''],
    ]);
    expect(numbers[0]?.callerIdId).toBe(before?.callerIdId);
  });
});
