import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { hookSecret } from '../channels/links/index.ts';
import type { GatewayAdapter, WebhookRequest } from '../channels/types.ts';
import type { PublicRequest } from '../contract-server/index.ts';
import { manualClock } from '../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import type { EngineCore } from './engine-core.ts';
import { LatePublicRoutes } from './public-routes.ts';
import { settingWrites } from './setting-writes.ts';

let store: TestStore | null = null;
afterEach(() => store?.close());

function open(publicBaseUrl = 'https://pay.firm.example/dial') {
  const clock = manualClock();
  const opened = openTestStore({ writes: settingWrites, clock });
  store = opened;
  opened.runNow((db, context) =>
    settingWrites['setting.set'](db, context, { id: 'message/settings', value: { publicBaseUrl } }),
  );
  const asked: WebhookRequest[] = [];
  const adapter = {
    webhook: async (request: WebhookRequest) => {
      asked.push(request);
      return { status: 200, contentType: 'text/xml', body: '<Response/>' };
    },
  } as unknown as GatewayAdapter;
  const logger = { info() {}, warn() {}, error() {} };
  const routes = new LatePublicRoutes();
  const attach = () =>
    routes.attach({
      core: { store: opened, clock, logger } as unknown as EngineCore,
      hub: { find: (id) => (id === 'gateway-1' ? { record: {} as never, adapter } : null) },
      published: { find: () => null },
      readDocument: () => Promise.reject(new Error('none')),
      takeReading: async () => {},
    });
  const { keyHex } = opened.connection;
  return { routes, attach, asked, keyHex, secret: hookSecret(keyHex, 'gateway-1') };
}

function report(path: string, overrides: Partial<PublicRequest> = {}): PublicRequest {
  return {
    kind: 'hook',
    method: 'POST',
    path,
    query: '?m=1',
    target: `/hook/${path}?m=1`,
    headers: { host: 'pay.firm.example' },
    body: async () => Buffer.from('a=1'),
    ...overrides,
  };
}

describe('reports of providers', () => {
  it('reach the adapter of their gateway, with the address as the provider called it', async () => {
    const { routes, attach, asked, secret } = open();
    attach();
    expect(await routes.handle(report(`gateway-1/${secret}`))).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<Response/>',
    });
    expect(asked[0]).toMatchObject({
      path: '?m=1',
      url: `https://pay.firm.example/dial/hook/gateway-1/${secret}?m=1`,
    });
  });

  it('of a wrong secret, another gateway or none are unknown, and their bodies are not read', async () => {
    const { routes, attach, asked, secret } = open();
    attach();
    const body = () => Promise.reject(new Error('read'));
    const wrong = createHmac('sha256', 'x').update('gateway-1').digest('base64url').slice(0, 32);
    for (const path of [
      `gateway-1/${wrong}`,
      `gateway-2/${secret}`,
      'gateway-1',
      '',
      'gateway-1/',
    ]) {
      expect(await routes.handle(report(path, { body }))).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('for a gateway that is not there just now are to be told again', async () => {
    const { routes, attach, keyHex } = open();
    attach();
    const path = `gateway-2/${hookSecret(keyHex, 'gateway-2')}`;
    expect(await routes.handle(report(path))).toMatchObject({ status: 503 });
  });

  it('that are too large are not passed on', async () => {
    const { routes, attach, asked, secret } = open();
    attach();
    const answer = await routes.handle(report(`gateway-1/${secret}`, { body: async () => null }));
    expect(answer?.status).toBe(413);
    expect(asked).toEqual([]);
  });

  it('are unknown before anything answers', async () => {
    const { routes, secret } = open();
    expect(routes.isOurHost('pay.firm.example')).toBe(false);
    expect(await routes.handle(report(`gateway-1/${secret}`))).toBeNull();
  });

  it('come to the host of the settings, whatever its letters, and to no other', () => {
    const { routes, attach } = open('https://Pay.Firm.example:8443/x');
    attach();
    expect(routes.isOurHost('pay.firm.example:8443')).toBe(true);
    expect(routes.isOurHost('pay.firm.example')).toBe(false);
  });

  it('no host is ours without an address on the internet', () => {
    const { routes, attach } = open('');
    attach();
    expect(routes.isOurHost('')).toBe(false);
    expect(routes.isOurHost('127.0.0.1')).toBe(false);
  });
});
