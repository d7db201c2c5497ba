import { afterEach, describe, expect, it } from 'vitest';
import { type GatewaySettings, gatewaySettings } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { createIdSource, systemRandom } from '../../store/index.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { AdapterKind, AdapterParts, OutgoingMessage } from '../types.ts';
import {
  createGatewayHandlers,
  createMessageSettingHandlers,
  createRegistry,
  GatewayHub,
  payLink,
} from './index.ts';
import { staysOnThisMachine } from './loopback.ts';
import { gatewayWrites } from './writes.ts';

const context: RequestContext = {
  principal: { personId: 'admin-1', displayName: 'Admin', role: 'admin' } as never,
  connectionId: 'c',
  commandId: null,
};
const open: TestStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

const smpp = (more: Record<string, unknown> = {}): GatewaySettings =>
  gatewaySettings.parse({ kind: 'smpp', name: 'S', host: '127.0.0.1', systemId: 'us', ...more });
const email = (more: Record<string, unknown> = {}): GatewaySettings =>
  gatewaySettings.parse({
    kind: 'email',
    name: 'E',
    fromAddress: 'a@firm.example',
    smtpHost: '127.0.0.1',
    ...more,
  });

function aDesk(storeKind: StoreKind = 'practice') {
  const clock = manualClock();
  const store = openTestStore({ writes: gatewayWrites, clock, storeKind });
  open.push(store);
  const made: AdapterParts<'smpp'>[] = [];
  const tested: { secrets: unknown; message: OutgoingMessage | null }[] = [];
  const kind: AdapterKind<'smpp'> = {
    kind: 'smpp',
    create(parts) {
      made.push(parts);
      return {
        open: () => parts.onState({ kind: 'ready', code: null, detail: null }),
        close: async () => {},
        concurrency: 1,
        maxMediaBytes: null,
        send: async () => ({ kind: 'accepted', providerIds: [], parts: 1 }),
        query: async () => null,
      };
    },
    test: async ({ secrets }, message) => {
      tested.push({ secrets, message });
      return [{ step: 'connect', state: 'ok', tookMs: 1, code: null, detail: null }];
    },
  };
  const registry = createRegistry([kind]);
  const log = () => {};
  const hub = new GatewayHub({
    store,
    clock,
    registry,
    fetch: globalThis.fetch,
    sink: async () => {},
    webhookUrl: () => null,
    publishMedia: () => null,
    log,
  });
  const told: string[] = [];
  const audited: string[] = [];
  const moved: string[] = [];
  const { handlers } = createGatewayHandlers({
    store,
    storeKind,
    clock,
    idSource: createIdSource(clock, systemRandom),
    hub,
    registry,
    publisher: { publish: (name) => void told.push(name) },
    audit: ({ action, details }) => void audited.push(`${action} ${JSON.stringify(details)}`),
    moveQueue: async (gatewayId) => void moved.push(gatewayId),
    isDebtors: (address) => address === '+48100000001',
    isPracticeNumber: (number) => number.startsWith('+48100'),
    listPorts: async () => [],
    webhookUrl: () => null,
  });
  const save = (settings: GatewaySettings, more: Record<string, unknown> = {}) =>
    Promise.resolve(
      handlers['gateway.save']?.(
        { settings, secrets: {}, enabled: true, ...more } as never,
        context,
      ),
    );
  const test = (input: Record<string, unknown>) =>
    Promise.resolve(handlers['gateway.test']?.({ secrets: {}, ...input } as never, context));
  const list = async () => (await handlers['gateway.list']?.({}, context))?.gateways ?? [];
  return { clock, store, hub, handlers, save, test, list, made, tested, told, audited, moved };
}

describe('gateways', () => {
  it('are saved, opened and shown without their secrets', async () => {
    const desk = aDesk();
    const saved = await desk.save(smpp(), { secrets: { password: 'hush', other: 'x' } });
    expect(saved).toMatchObject({ secretsSet: ['password'], channels: ['sms'], practice: true });
    expect(saved?.state.kind).toBe('ready');
    expect(desk.made[0]?.secrets).toEqual({ password: 'hush' });
    const shown = JSON.stringify([await desk.list(), desk.audited]);
    expect(shown).not.toContain('hush');
    expect(desk.told).toContain('gateway.changed');
  });

  it('keep secrets that are not given, and forget those that are emptied', async () => {
    const desk = aDesk();
    const saved = await desk.save(smpp(), { secrets: { password: 'hush' } });
    const { gatewayId } = saved ?? {};
    await desk.save(smpp({ name: 'Other' }), { gatewayId });
    expect(desk.made.at(-1)?.secrets).toEqual({ password: 'hush' });
    await desk.save(smpp(), { gatewayId, secrets: { password: '' } });
    expect(desk.made.at(-1)?.secrets).toEqual({});
  });

  it('of a real store give a stored secret to no other address', async () => {
    const desk = aDesk('real');
    const saved = await desk.save(smpp({ host: 'smpp.example' }), {
      secrets: { password: 'hush' },
    });
    const { gatewayId } = saved ?? {};
    const elsewhere = smpp({ host: 'else.example' });
    await expect(desk.save(elsewhere, { gatewayId })).rejects.toMatchObject({
      code: 'gateway.secret-needed',
    });
    await expect(desk.test({ gatewayId, settings: elsewhere })).rejects.toMatchObject({
      code: 'gateway.secret-needed',
    });
    await desk.save(elsewhere, { gatewayId, secrets: { password: 'new' } });
    expect(desk.made.at(-1)?.secrets).toEqual({ password: 'new' });
  });

  it('stay of their kind', async () => {
    const desk = aDesk();
    const saved = await desk.save(smpp());
    await expect(desk.save(email(), { gatewayId: saved?.gatewayId })).rejects.toMatchObject({
      code: 'gateway.kind-fixed',
    });
  });

  it.each([
    smpp({ host: 'smpp.example' }),
    smpp({ host: '10.0.0.1' }),
    email({ smtpHost: 'mail.example' }),
    email({ imapHost: 'mail.example' }),
    gatewaySettings.parse({ kind: 'twilio', name: 'T' }),
    gatewaySettings.parse({ kind: 'twilio', name: 'T', baseUrl: 'https://api.example' }),
    gatewaySettings.parse({ kind: 'twilio', name: 'T', baseUrl: 'https://127.0.0.1.example/' }),
    gatewaySettings.parse({ kind: 'mm7', name: 'M', url: 'http://mmsc.example/' }),
    gatewaySettings.parse({ kind: 'modem', name: 'M', port: '/dev/ttyUSB0' }),
    gatewaySettings.parse({ kind: 'modem', name: 'M', port: 'tcp://10.1.1.1:7000' }),
  ])('of a practice store leave this machine never: $kind', async (settings) => {
    const desk = aDesk();
    expect(staysOnThisMachine(settings)).toBe(false);
    await expect(desk.save(settings)).rejects.toMatchObject({ code: 'gateway.practice-only' });
    await expect(desk.test({ settings })).rejects.toMatchObject({ code: 'gateway.practice-only' });
  });

  it.each([
    smpp({ host: 'localhost' }),
    smpp({ host: '::1' }),
    email({ imapHost: '127.0.0.5' }),
    gatewaySettings.parse({ kind: 'vonage', name: 'V', baseUrl: 'http://127.0.0.1:4000' }),
    gatewaySettings.parse({ kind: 'modem', name: 'M', port: 'tcp://127.0.0.1:7000' }),
  ])('on this machine are for practice: $kind', (settings) => {
    expect(staysOnThisMachine(settings)).toBe(true);
  });

  it('send no password in the clear to elsewhere, and go to addresses only', async () => {
    const desk = aDesk('real');
    const inTheClear = email({ smtpHost: 'mail.example', smtpSecurity: 'none' });
    await expect(desk.save(inTheClear)).rejects.toMatchObject({ code: 'gateway.bad-address' });
    const plain = { kind: 'twilio', name: 'T', baseUrl: 'http://api.example' };
    await expect(desk.save(gatewaySettings.parse(plain))).rejects.toMatchObject({
      code: 'gateway.bad-address',
    });
    const noUrl = gatewaySettings.parse({ kind: 'twilio', name: 'T', baseUrl: 'file:///etc' });
    await expect(desk.save(noUrl)).rejects.toMatchObject({ code: 'gateway.bad-address' });
  });

  it('of a kind that this version does not know say so', async () => {
    const desk = aDesk();
    const saved = await desk.save(email());
    expect(saved?.state).toMatchObject({ kind: 'failing', code: 'gateway.kind-unknown' });
  });

  it('are tried without sending; a message goes to nobody who is a debtor', async () => {
    const desk = aDesk();
    await desk.test({ settings: smpp(), secrets: { password: 'p' } });
    expect(desk.tested).toEqual([{ secrets: { password: 'p' }, message: null }]);
    await expect(desk.test({ settings: smpp(), sendTo: '+48 100 000 001' })).rejects.toMatchObject({
      code: 'gateway.test-to-debtor',
    });
    await expect(desk.test({ settings: smpp(), sendTo: '+48601234567' })).rejects.toMatchObject({
      code: 'gateway.practice-only',
    });
    await expect(desk.test({ settings: smpp(), sendTo: 'me@firm' })).rejects.toMatchObject({
      code: 'gateway.bad-address',
    });
    await desk.test({ settings: smpp(), sendTo: '+48 100 000 002' });
    expect(desk.tested.at(-1)?.message).toMatchObject({ to: '+48100000002', channel: 'sms' });
  });

  it('that are removed lose their secrets, and what waits goes elsewhere', async () => {
    const desk = aDesk();
    const saved = await desk.save(smpp(), { secrets: { password: 'hush' } });
    const gatewayId = saved?.gatewayId as never;
    await desk.handlers['gateway.remove']?.({ gatewayId }, context);
    expect(await desk.list()).toEqual([]);
    expect(desk.moved).toEqual([gatewayId]);
    expect(desk.store.read.get('SELECT secret FROM gateway')).toEqual({ secret: null });
    expect(desk.hub.find(gatewayId)).toBeNull();
  });

  it('are chosen as settings say, else the first that is on', async () => {
    const desk = aDesk();
    const first = await desk.save(smpp({ name: 'one' }));
    desk.clock.advance(1);
    const second = await desk.save(smpp({ name: 'two' }));
    expect(desk.hub.choose('sms')?.record.gatewayId).toBe(first?.gatewayId);
    const settings = createMessageSettingHandlers({
      store: desk.store,
      audit: () => {},
      onChanged: () => {},
    });
    const now = await settings['message.get-settings']?.({}, context);
    const defaultGateways = { sms: second?.gatewayId };
    await settings['message.set-settings']?.({ ...now, defaultGateways } as never, context);
    expect(desk.hub.choose('sms')?.record.gatewayId).toBe(second?.gatewayId);
    expect(desk.hub.choose('email')).toBeNull();
    expect(desk.hub.choose('sms', 'gone')).toBeNull();
  });
});

describe('pay-by-link', () => {
  const fields = {
    debtReference: 'A/1 &x',
    debtorReference: 'D',
    amountMinor: 1050,
    amount: '10.50',
    currency: 'PLN',
  };

  it('names the debt and the amount, encoded', () => {
    const pattern = 'https://pay.example/{debtReference}?amount={amountMinor}&currency={currency}';
    expect(payLink(pattern, fields)).toBe(
      'https://pay.example/A%2F1%20%26x?amount=1050&currency=PLN',
    );
  });

  it.each([
    'http://pay.example/{debtReference}',
    'https://{debtReference}/pay',
    'https://pay.{currency}.example/',
    'https://pay.example/{iban}',
    'https://user:pass@pay.example/',
    'javascript:alert(1)',
    'https://pay.example/{debtReference',
    'pay',
  ])('%s is no pattern', (pattern) => {
    expect(() => payLink(pattern, fields)).toThrow(
      expect.objectContaining({ code: 'message.bad-pay-link' }),
    );
  });
});
