import { afterEach, describe, expect, it } from 'vitest';
import {
  type PracticeModem,
  type PracticeModemParts,
  startPracticeModem,
} from '../../../practice/gateways/modem/index.ts';
import type { GatewayAdapter } from '../../types.ts';
import { modemAdapter } from './index.ts';
import { aMessage, aWorld, quickClock, receiptsOf, textsOf, type World } from './modem.fixture.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function practice(parts: Partial<PracticeModemParts> = {}): Promise<PracticeModem> {
  const modem = await startPracticeModem({ port: 0, clock: quickClock(10), seed: 1, ...parts });
  closers.push(() => modem.stop());
  return modem;
}

function adapt(
  modem: PracticeModem,
  options: Parameters<typeof aWorld>[1] = {},
): World & { adapter: GatewayAdapter } {
  const world = aWorld(modem.address, options);
  const adapter = modemAdapter.create(world.parts);
  closers.push(() => adapter.close());
  adapter.open();
  return Object.assign(world, { adapter });
}

const last = ({ states }: World) => states.at(-1);
const isReady = (world: World) =>
  expect.poll(() => last(world)?.kind, { timeout: 20_000 }).toBe('ready');

describe.each(['pdu', 'text'] as const)('a modem in %s mode', (mode) => {
  it('sends, reports and receives', async () => {
    const modem = await practice();
    const world = adapt(modem, { settings: { mode } });
    await isReady(world);
    // ends in 91: delivered, and answered
    const sent = await world.adapter.send(aMessage({ to: '+48000000091', text: 'Zapłać 10 €' }));
    expect(sent).toMatchObject({ kind: 'accepted', parts: 1 });
    expect(modem.submits()).toMatchObject([{ to: '+48000000091', text: 'Zapłać 10 €' }]);
    const [id] = sent.kind === 'accepted' ? sent.providerIds : [];
    await expect
      .poll(() => receiptsOf(world), { timeout: 10_000 })
      .toMatchObject([{ providerId: id, state: 'delivered', hint: false }]);
    await expect.poll(() => textsOf(world).length, { timeout: 10_000 }).toBe(1);
    expect(world.events.find((event) => event.kind === 'incoming')).toMatchObject({
      from: '+48000000091',
      channel: 'sms',
      part: null,
    });
    // read, kept, and only then deleted
    await expect.poll(() => modem.stored()).toBe(0);
  });

  it('sends a long text in parts', async () => {
    const modem = await practice();
    const world = adapt(modem, { settings: { mode } });
    await isReady(world);
    const text = 'Zażółć '.repeat(30).trim();
    const sent = await world.adapter.send(aMessage({ text }));
    expect(sent).toMatchObject({ kind: 'accepted', parts: 4 });
    expect(
      modem
        .submits()
        .map((submit) => submit.text)
        .join(''),
    ).toBe(text);
    await expect.poll(() => receiptsOf(world).length, { timeout: 10_000 }).toBe(4);
    expect(new Set(receiptsOf(world).map(({ providerId }) => providerId)).size).toBe(4);
  });
});

describe('a modem', () => {
  it.each(['pdu', 'text'])(
    'whose reports are not stored reports all the same: %s',
    async (mode) => {
      const modem = await practice({ storesReports: false });
      const world = adapt(modem, { settings: { mode } });
      await isReady(world);
      await world.adapter.send(aMessage());
      await expect
        .poll(() => receiptsOf(world), { timeout: 10_000 })
        .toMatchObject([{ state: 'delivered' }]);
    },
  );

  it('says why a message is not delivered', async () => {
    const modem = await practice();
    const world = adapt(modem);
    await isReady(world);
    await world.adapter.send(aMessage({ to: '+48000000094' }));
    await world.adapter.send(aMessage({ to: '+48000000096' }));
    await expect.poll(() => receiptsOf(world).length, { timeout: 10_000 }).toBe(2);
    expect(receiptsOf(world)).toMatchObject([
      { state: 'failed', badAddress: true, code: 'not obtainable' },
      { state: 'expired', badAddress: false },
    ]);
  });

  it('keeps a long answer in parts that belong together', async () => {
    const modem = await practice();
    const world = adapt(modem);
    await isReady(world);
    const text = 'Straciłem pracę 🙏 '.repeat(12);
    modem.receive({ from: '+48000000001', text });
    await expect.poll(() => textsOf(world).length, { timeout: 10_000 }).toBeGreaterThan(1);
    await expect.poll(() => textsOf(world).join(''), { timeout: 10_000 }).toBe(text);
    const parts = world.events.flatMap((event) => (event.kind === 'incoming' ? [event.part] : []));
    expect(new Set(parts.map((part) => part?.group)).size).toBe(1);
    expect(parts.map((part) => part?.number)).toEqual(parts.map((_part, index) => index + 1));
  });

  it('gives what came while nobody was there', async () => {
    const modem = await practice();
    modem.receive({ from: '+48000000001', text: 'Nikogo nie ma?' });
    const world = adapt(modem);
    await expect.poll(() => textsOf(world), { timeout: 20_000 }).toEqual(['Nikogo nie ma?']);
    await expect.poll(() => modem.stored()).toBe(0);
  });

  it('keeps a message until the store has it, and gives it under the same key', async () => {
    const modem = await practice();
    const world = adapt(modem);
    await isReady(world);
    world.storeIsDown = true;
    modem.receive({ from: '+48000000001', text: 'STOP' });
    await expect.poll(() => modem.commands().includes('AT+CMGL=4')).toBe(true);
    expect(modem.stored()).toBe(1);
    expect(world.events).toEqual([]);
    world.storeIsDown = false;
    await expect.poll(() => textsOf(world), { timeout: 20_000 }).toEqual(['STOP']);
    await expect.poll(() => modem.stored()).toBe(0);
    expect(modem.commands().filter((command) => command === 'AT+CMGD=1')).toHaveLength(1);
  });

  it('takes what waits in the network when the card has places again', async () => {
    const modem = await practice({ capacity: 2 });
    for (const text of ['1', '2', '3', '4', '5']) modem.receive({ from: '+48000000001', text });
    expect(modem.stored()).toBe(2);
    const world = adapt(modem);
    await expect.poll(() => textsOf(world), { timeout: 20_000 }).toHaveLength(5);
    expect(new Set(textsOf(world))).toEqual(new Set(['1', '2', '3', '4', '5']));
  });

  it('finds the message of a report after a restart', async () => {
    const modem = await practice();
    const world = adapt(modem);
    await isReady(world);
    const sent = await world.adapter.send(aMessage({ to: '+48000000096' }));
    await world.adapter.close();
    const again = adapt(modem, { cursors: world.cursors });
    const [id] = sent.kind === 'accepted' ? sent.providerIds : [];
    await expect
      .poll(() => receiptsOf(again), { timeout: 20_000 })
      .toMatchObject([{ providerId: id, state: 'expired' }]);
  });
});

describe('a modem that refuses', () => {
  it.each([
    [21, { kind: 'rejected', badAddress: false, code: 'gateway.modem-rejected' }],
    [1, { kind: 'rejected', badAddress: true }],
    [38, { kind: 'later', code: 'gateway.modem-busy' }],
    [332, { kind: 'unknown', code: 'gateway.modem-no-answer' }],
    [500, { kind: 'unknown' }],
    [999, { kind: 'unknown' }],
  ])('with +CMS ERROR: %i', async (error, expected) => {
    const modem = await practice({ faultOf: () => ({ kind: 'refuse', error }) });
    const world = adapt(modem);
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject(expected);
  });

  it('for a moment is asked again', async () => {
    let tries = 0;
    const modem = await practice({
      faultOf: ({ to }) => (to !== '' && ++tries < 3 ? { kind: 'refuse', error: 42 } : null),
    });
    const world = adapt(modem);
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
    expect(modem.submits()).toHaveLength(1);
  });

  it('in the middle of a long text leaves it unknown', async () => {
    const modem = await practice({
      faultOf: ({ part }) => (part?.number === 2 ? { kind: 'refuse', error: 21 } : null),
    });
    const world = adapt(modem);
    await isReady(world);
    expect(await world.adapter.send(aMessage({ text: 'ż'.repeat(100) }))).toMatchObject({
      kind: 'unknown',
      code: 'gateway.modem-partly-sent',
    });
  });
});

describe('a modem that falls silent', () => {
  it('after it has the text leaves the message unknown, and is opened again', async () => {
    let hangs = true;
    const modem = await practice({
      faultOf: ({ to }) => (hangs && to !== '' ? { kind: 'hang', taken: true } : null),
    });
    const world = adapt(modem, { clock: quickClock(60) });
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject({ kind: 'unknown' });
    hangs = false;
    await isReady(world);
    expect(await world.adapter.send(aMessage({ to: '+48000000097' }))).toMatchObject({
      kind: 'accepted',
    });
    expect(modem.submits()).toHaveLength(2);
  });

  it('before it asks for the text has certainly not taken it', async () => {
    const modem = await practice({
      faultOf: ({ to }) => (to === '' ? { kind: 'noPrompt' } : null),
    });
    const world = adapt(modem, { clock: quickClock(60) });
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject({ kind: 'later' });
    expect(modem.submits()).toHaveLength(0);
  });

  it('is pulled out with the text: unknown; and sends again when it is back', async () => {
    let pulls = true;
    const modem = await practice({
      faultOf: ({ to }) => (pulls && to !== '' ? { kind: 'unplug', taken: false } : null),
    });
    const world = adapt(modem, { clock: quickClock(60) });
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject({ kind: 'unknown' });
    pulls = false;
    await isReady(world);
    expect(await world.adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
  });

  it('is unplugged and back', async () => {
    const modem = await practice();
    const world = adapt(modem, { clock: quickClock(60) });
    await isReady(world);
    modem.unplug();
    await expect.poll(() => last(world)?.kind).toBe('failing');
    expect(await world.adapter.send(aMessage())).toMatchObject({
      kind: 'later',
      code: 'gateway.modem-not-ready',
    });
    modem.receive({ from: '+48000000001', text: 'w międzyczasie' });
    modem.plugIn();
    await isReady(world);
    await expect.poll(() => textsOf(world), { timeout: 10_000 }).toEqual(['w międzyczasie']);
  });
});

describe('a card', () => {
  it('is unlocked with its PIN', async () => {
    const modem = await practice({ pin: '2580' });
    const world = adapt(modem, { pin: '2580' });
    await isReady(world);
  });

  it('is never given a wrong PIN twice, not after a restart either', async () => {
    const modem = await practice({ pin: '2580' });
    const world = adapt(modem, { pin: '1111', clock: quickClock(50) });
    await expect
      .poll(() => last(world))
      .toEqual({
        kind: 'failing',
        code: 'gateway.modem-pin-refused',
      });
    await world.adapter.close();
    const again = adapt(modem, { pin: '1111', cursors: world.cursors, clock: quickClock(50) });
    await expect
      .poll(() => last(again))
      .toEqual({
        kind: 'failing',
        code: 'gateway.modem-pin-refused',
      });
    await modemAdapter.test(aWorld(modem.address, { pin: '1111' }).parts, null);
    expect(modem.commands().filter((command) => command.startsWith('AT+CPIN="'))).toHaveLength(1);
    // another one is tried
    const right = adapt(modem, { pin: '2580', cursors: world.cursors });
    await isReady(right);
  });

  it('without a PIN in the settings is not tried at all', async () => {
    const modem = await practice({ pin: '2580' });
    const world = adapt(modem);
    await expect.poll(() => last(world)?.code).toBe('gateway.modem-pin-needed');
    expect(modem.commands().some((command) => command.startsWith('AT+CPIN="'))).toBe(false);
  });
});

describe('a network', () => {
  it('that is not there is waited for', async () => {
    const modem = await practice();
    modem.setRegistered(false);
    const world = adapt(modem, { clock: quickClock(60) });
    await expect.poll(() => last(world)?.code).toBe('gateway.modem-not-registered');
    modem.setRegistered(true);
    await isReady(world);
  });

  it('that is lost is noticed', async () => {
    const modem = await practice();
    const world = adapt(modem, { clock: quickClock(60) });
    await isReady(world);
    modem.setRegistered(false);
    await expect
      .poll(() => last(world)?.code, { timeout: 10_000 })
      .toBe('gateway.modem-not-registered');
  });
});

describe('a test of settings', () => {
  it('tells step by step that all is well, and sends when it is asked to', async () => {
    const modem = await practice();
    const { parts } = aWorld(modem.address);
    const steps = await modemAdapter.test(parts, aMessage());
    expect(steps.map(({ step, state }) => [step, state])).toEqual([
      ['open', 'ok'],
      ['modem', 'ok'],
      ['pin', 'ok'],
      ['network', 'ok'],
      ['service-centre', 'ok'],
      ['storage', 'ok'],
      ['send', 'ok'],
    ]);
    expect(modem.submits()).toHaveLength(1);
  });

  it.each([
    ['no port', {}, 'tcp://127.0.0.1:1', 'open', 'gateway.modem-no-port'],
    ['no PIN', { pin: '2580' }, null, 'pin', 'gateway.modem-pin-needed'],
    ['no centre', { serviceCentre: '' }, null, 'service-centre', 'gateway.modem-no-service-centre'],
  ])('tells where it stops: %s', async (_name, parts, address, where, code) => {
    const modem = await practice(parts);
    const steps = await modemAdapter.test(aWorld(address ?? modem.address).parts, aMessage());
    expect(steps.find(({ state }) => state === 'failed')).toMatchObject({ step: where, code });
    expect(steps.at(-1)).toMatchObject({ step: 'send', state: 'skipped' });
    expect(modem.submits()).toHaveLength(0);
  });
});
