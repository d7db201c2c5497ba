import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ContractFixture,
  type FixtureOptions,
  openContractFixture,
} from '../testing/contract-fixture.ts';
import type { PublicReply, PublicRequest, PublicRoutes } from './index.ts';
import { MAX_PUBLIC_BODY_BYTES } from './public-routes.ts';

let fixture: ContractFixture | null = null;
afterEach(async () => {
  await fixture?.close();
  fixture = null;
});

interface Seen {
  request: PublicRequest;
  body: Uint8Array | null;
}

async function start(routes?: Partial<PublicRoutes>, options: FixtureOptions = {}) {
  const seen: Seen[] = [];
  const publicRoutes: PublicRoutes = {
    isOurHost: (host) => host === 'pay.firm.example',
    async handle(request) {
      if (request.path !== 'known/secret') return null;
      seen.push({ request, body: await request.body() });
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' };
    },
    ...routes,
  };
  fixture = await openContractFixture({ ...options, server: { publicRoutes, ...options.server } });
  return { seen, fixture };
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: Uint8Array | string } = {},
): Promise<Answer> {
  const port = fixture?.address.port;
  const { method = 'GET', headers, body } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
const post = (path: string, body: Uint8Array | string = 'a=1', headers = {}) =>
  ask(path, { method: 'POST', body, headers });

describe('public routes', () => {
  it('give the handler the request as it was made', async () => {
    const { seen } = await start();
    const answer = await post('/hook/known/secret?MsgId=1&x=%3F', 'Body=Zażółć', {
      host: 'pay.firm.example',
      'x-twilio-signature': 'abc=',
    });
    expect(answer).toMatchObject({ status: 200, body: 'OK' });
    expect(seen[0]?.request).toMatchObject({
      kind: 'hook',
      method: 'POST',
      query: '?MsgId=1&x=%3F',
      target: '/hook/known/secret?MsgId=1&x=%3F',
    });
    expect(seen[0]?.request.headers['x-twilio-signature']).toBe('abc=');
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe('Body=Zażółć');
  });

  it('answer every unknown token, method and kind alike, and read no body of theirs', async () => {
    const bodies: string[] = [];
    await start({
      handle: async (request) => {
        bodies.push(request.path);
        return null;
      },
    });
    const answers = [
      await post('/hook/known/other'),
      await ask('/hook/'),
      await ask('/d/nothing'),
      await post('/d/known/secret'),
      await ask('/hook/known/secret', { method: 'PUT' }),
      await ask('/hook/..%2f..%2fetc'),
    ];
    for (const { status, body, headers } of answers) {
      expect({ status, body }).toEqual({ status: 404, body: 'Not found' });
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
    }
    expect(bodies).not.toContain('known/secret');
  });

  it('nothing answers there as long as no routes are supplied', async () => {
    fixture = await openContractFixture();
    expect((await post('/hook/known/secret')).status).toBe(404);
    expect((await ask('/d/x')).status).toBe(404);
  });

  it('a body that is too large is not kept', async () => {
    const { seen } = await start();
    await post('/hook/known/secret', Buffer.alloc(MAX_PUBLIC_BODY_BYTES + 1)).catch(() => null);
    expect(seen[0]?.body).toBeNull();
  });

  it('many unknown tokens are answered 429, and known ones still pass', async () => {
    await start();
    const statuses = new Set<number>();
    for (let index = 0; index < 130; index += 1) statuses.add((await ask(`/d/${index}`)).status);
    expect([...statuses].sort()).toEqual([404, 429]);
    expect((await post('/hook/known/secret')).status).toBe(200);
    expect(
      fixture?.audited.filter(({ action }) => action === 'contract.unknown-public-link').length,
    ).toBeLessThanOrEqual(10);
  });

  it('a failure inside says nothing but that it failed', async () => {
    await start({ handle: () => Promise.reject(new Error('secret of the store')) });
    const answer = await post('/hook/known/secret');
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret of the store');
  });

  it('documents that nobody fetches to their end are few, and hold up no reports', async () => {
    const body = new Uint8Array(8 * 1024 * 1024);
    await start({
      handle: async ({ kind }) => ({
        status: 200,
        headers: {},
        body: kind === 'hook' ? 'OK' : body,
      }),
    });
    const port = fixture?.address.port;
    const headers = { host: 'pay.firm.example' };
    const readers = Array.from({ length: 40 }, () =>
      httpRequest({ host: '127.0.0.1', port, path: '/d/a', agent: false, headers }),
    );
    const statuses: (number | undefined)[] = [];
    for (const reader of readers) {
      reader.on('error', () => undefined);
      // nothing listens to the data: it stays where it is
      reader.on('response', ({ statusCode }) => statuses.push(statusCode)).end();
    }
    await expect.poll(() => statuses.length, { timeout: 20_000 }).toBe(40);
    expect(statuses.filter((status) => status === 503)).toHaveLength(8);
    expect((await post('/hook/a')).status).toBe(200);
    for (const reader of readers) reader.destroy();
    await expect.poll(async () => (await ask('/d/a', { headers })).status).toBe(200);
  });

  it('HEAD has the headers and no body', async () => {
    const reply: PublicReply = {
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      body: 'PDF',
    };
    await start({ handle: async () => reply });
    const answer = await ask('/d/known', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-length']).toBe('3');
  });
});

describe('the host on the internet', () => {
  it('opens /hook/ and /d/ alone', async () => {
    await start();
    const host = { host: 'pay.firm.example' };
    expect((await post('/hook/known/secret', '', host)).status).toBe(200);
    for (const path of [
      '/',
      '/health',
      '/contract',
      '/sip',
      '/media/x',
      '/upload',
      '/hooks',
      '/dd',
    ]) {
      expect((await ask(path, { headers: host })).status).toBe(421);
    }
    expect((await ask('/d/x', { headers: { host: 'evil.example' } })).status).toBe(421);
  });

  it('pages of other origins are refused', async () => {
    await start();
    const answer = await post('/hook/known/secret', '', { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });
});
