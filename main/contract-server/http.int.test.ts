import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { SipGrant } from '../access/index.ts';
import { manualClock } from '../testing/contract-clock.ts';
import {
  type ContractFixture,
  type FixtureOptions,
  openContractFixture,
} from '../testing/contract-fixture.ts';
import { openRawSocket, refusedStatus } from '../testing/contract-raw-socket.ts';
import { MediaLinks } from './index.ts';

let fixture: ContractFixture | null = null;
afterEach(async () => {
  await fixture?.close();
  fixture = null;
});
async function start(options: FixtureOptions = {}) {
  fixture = await openContractFixture(options);
  return fixture;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A request with exactly these headers: `fetch` would set or refuse some. */
function ask(
  f: ContractFixture,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer | Readable } = {},
): Promise<Answer> {
  const { port } = f.address;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, body: Buffer.concat(chunks) });
        });
      },
    );
    request.on('error', reject);
    if (options.body instanceof Readable) options.body.pipe(request);
    else request.end(options.body);
  });
}
const asLead = (f: ContractFixture) =>
  f.server.connectInMemory({ personId: f.ownerId, displayName: 'Owner', role: 'lead' });

describe('health', () => {
  it('tells the epoch and nothing else', async () => {
    const f = await start();
    const answer = await ask(f, '/health');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({ ok: true, epoch: f.server.epoch });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('may be read by a page of an allowed origin only', async () => {
    const f = await start({ server: { origins: ['dialdesk://app'] } });
    const allowed = await ask(f, '/health', { headers: { origin: 'dialdesk://app' } });
    expect(allowed.headers['access-control-allow-origin']).toBe('dialdesk://app');
    const foreign = await ask(f, '/health', { headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a wrong Host or Origin', () => {
  it.each(['/health', '/upload', '/media/x', '/', '/contract', '/sip'])(
    '%s refuses it and audits',
    async (path) => {
      const f = await start();
      const host = await ask(f, path, { headers: { host: `evil.example:${f.address.port}` } });
      const origin = await ask(f, path, { headers: { origin: 'http://evil.example' } });
      expect([host.status, origin.status]).toEqual([421, 403]);
      expect(f.audited.map((entry) => [entry.action, entry.details.reason])).toEqual([
        ['contract.request-refused', 'host'],
        ['contract.request-refused', 'origin'],
      ]);
    },
  );

  it.each([
    ['/contract', 'dialdesk.v1'],
    ['/sip?ticket=t', 'sip'],
  ])('%s refuses the upgrade and audits', async (path, subprotocol) => {
    const f = await start();
    const url = `ws://127.0.0.1:${f.address.port}${path}`;
    const own = f.address.url;
    const status = (headers: Record<string, string>) =>
      refusedStatus(url, { subprotocol, headers });
    expect(await status({ host: 'evil.example', origin: own })).toBe(421);
    expect(await status({ origin: 'http://evil.example' })).toBe(403);
    expect(await status({ origin: 'null', 'user-agent': 'Mozilla/5.0' })).toBe(403);
    expect(f.audited.map((entry) => entry.action)).toEqual([
      'contract.upgrade-refused',
      'contract.upgrade-refused',
      'contract.upgrade-refused',
    ]);
    expect(JSON.stringify(f.audited)).not.toContain('ticket=');
  });

  it('passes on the contract with our own Origin, or from the command line without one', async () => {
    const f = await start();
    const page = await openRawSocket(f.address.contractUrl, { headers: { origin: f.address.url } });
    const command = await openRawSocket(f.address.contractUrl);
    expect([(await page.next()).t, (await command.next()).t]).toEqual(['challenge', 'challenge']);
    page.socket.terminate();
    command.socket.terminate();
  });

  it('refuses an upgrade elsewhere or with another subprotocol', async () => {
    const f = await start();
    expect(await refusedStatus(`ws://127.0.0.1:${f.address.port}/other`)).not.toBe(101);
    expect(await refusedStatus(f.address.contractUrl, { subprotocol: 'other' })).toBe(400);
  });
});

describe('/sip', () => {
  async function startWithSip(options: FixtureOptions = {}) {
    const grants: SipGrant[] = [];
    const sockets: WebSocket[] = [];
    const late: { take(ticket: string): SipGrant | null } = { take: () => null };
    const f = await start({
      ...options,
      server: {
        ...options.server,
        sip: {
          tickets: { take: (ticket) => late.take(ticket) },
          onSocket(socket, grant) {
            sockets.push(socket);
            grants.push(grant);
          },
        },
      },
    });
    late.take = (ticket) => f.access.sipTickets.take(ticket);
    const agent = await f.personWithCode('agent');
    const client = f.server.connectInMemory({
      personId: agent.personId,
      displayName: 'A agent',
      role: 'agent',
    });
    const issue = async () => {
      const result = await client.send('access.sip-ticket', {});
      if (!result.ok) throw new Error(result.error.code);
      return { ...result.value, url: `${f.address.sipUrl}?${result.value.sipUrl.split('?')[1]}` };
    };
    const headers = { origin: f.address.url };
    return { f, grants, sockets, issue, headers, agent };
  }

  it('opens once with a ticket and hands the socket over with its grant', async () => {
    const { f, grants, issue, headers, agent } = await startWithSip();
    const { url, user, realm, secret, addressOfRecord } = await issue();
    const raw = await openRawSocket(url, { subprotocol: 'sip', headers });
    expect(raw.socket.protocol).toBe('sip');
    expect(grants).toMatchObject([
      { personId: agent.personId, user, realm, secret, addressOfRecord },
    ]);
    expect(await refusedStatus(url, { subprotocol: 'sip', headers })).toBe(403);
    expect(f.audited.at(-1)).toMatchObject({
      action: 'contract.upgrade-refused',
      details: { reason: 'ticket' },
    });
    const ticket = url.split('ticket=')[1] ?? '';
    expect(JSON.stringify([f.audited, f.logged])).not.toContain(ticket);
    raw.socket.terminate();
  });

  it.each(['', '?ticket=', '?ticket=wrong'])('is refused with "%s"', async (query) => {
    const { f, headers } = await startWithSip();
    const url = f.address.sipUrl + query;
    expect(await refusedStatus(url, { subprotocol: 'sip', headers })).toBe(403);
  });

  it('is refused after 30 s', async () => {
    const clock = manualClock();
    const { issue, headers } = await startWithSip({ clock });
    const { url } = await issue();
    clock.advance(30_000);
    expect(await refusedStatus(url, { subprotocol: 'sip', headers })).toBe(403);
  });

  it('ends with the logins of its person', async () => {
    const { f, issue, headers, agent } = await startWithSip();
    const raw = await openRawSocket((await issue()).url, { subprotocol: 'sip', headers });
    f.access.authenticator.endLogins(agent.personId);
    expect(await raw.closed).toBe(4403);
  });
});

describe('/upload', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  async function ticket(f: ContractFixture) {
    const result = await asLead(f).send('app.upload-ticket', {});
    if (!result.ok) throw new Error(result.error.code);
    return result.value.token;
  }

  it('stores a file for its person, once per ticket', async () => {
    const f = await start();
    const token = await ticket(f);
    const body = randomBytes(300_000);
    const headers = { ...bearer(token), 'x-file-name': encodeURIComponent('дебиторы ../1.csv') };
    const answer = await ask(f, '/upload', { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    const { fileId } = JSON.parse(answer.body.toString());
    expect(f.uploads.peek(fileId, 'someone else')).toBeNull();
    expect(f.uploads.take(fileId, 'someone else')).toBeNull();
    const file = f.uploads.take(fileId, f.ownerId);
    expect(file).toMatchObject({ sizeBytes: body.length, fileName: 'дебиторы .._1.csv' });
    expect(readFileSync(file!.path).equals(body)).toBe(true);
    expect(f.uploads.take(fileId, f.ownerId)).toBeNull();
    await file!.dispose();
    expect(existsSync(file!.path)).toBe(false);
    const again = await ask(f, '/upload', { method: 'POST', headers, body });
    expect(again.status).toBe(401);
  });

  it('refuses without a good token, and audits', async () => {
    const f = await start();
    const answer = await ask(f, '/upload', { method: 'POST', headers: bearer('wrong') });
    expect(answer.status).toBe(401);
    expect(f.audited.at(-1)?.action).toBe('upload.bad-token');
    expect((await ask(f, '/upload')).status).toBe(405);
  });

  it('refuses an agent a ticket', async () => {
    const f = await start();
    const agent = await f.personWithCode('agent');
    const client = f.server.connectInMemory({ ...agent, displayName: 'A', role: 'agent' });
    expect(await client.send('app.upload-ticket', {})).toMatchObject({
      ok: false,
      error: { code: 'access.refused' },
    });
  });

  it('refuses a file that says it is too large, or turns out to be', async () => {
    const f = await start({ maxUploadBytes: 100_000 });
    const body = randomBytes(200_000);
    const said = await ask(f, '/upload', {
      method: 'POST',
      headers: { ...bearer(await ticket(f)), 'content-length': String(body.length) },
      body,
    });
    const streamed = await ask(f, '/upload', {
      method: 'POST',
      headers: { ...bearer(await ticket(f)), 'transfer-encoding': 'chunked' },
      body: Readable.from([body.subarray(0, 90_000), body.subarray(90_000)]),
    });
    expect([said.status, streamed.status]).toEqual([413, 413]);
    const file = f.uploads.peek('any', f.ownerId);
    expect(file).toBeNull();
  });

  it('removes a file after an hour', async () => {
    const clock = manualClock();
    const f = await start({ clock });
    const answer = await ask(f, '/upload', {
      method: 'POST',
      headers: bearer(await ticket(f)),
      body: Buffer.from('a;b'),
    });
    const { fileId } = JSON.parse(answer.body.toString());
    const { path } = f.uploads.peek(fileId, f.ownerId)!;
    clock.advance(3_600_000);
    expect(f.uploads.peek(fileId, f.ownerId)).toBeNull();
    await f.uploads.close();
    expect(readdirSync(join(path, '..')).filter((name) => name.includes(fileId))).toEqual([]);
  });

  it('lets a page of an allowed origin ask first', async () => {
    const f = await start({ server: { origins: ['dialdesk://app'] } });
    const headers = { origin: 'dialdesk://app', 'access-control-request-method': 'POST' };
    const answer = await ask(f, '/upload', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toContain('authorization');
  });
});

describe('/media', () => {
  const content = Buffer.from('0123456789');
  async function startWithMedia() {
    const clock = manualClock();
    const links = new MediaLinks({ clock, newToken: () => randomBytes(16).toString('hex') });
    const f = await start({ server: { openMedia: links.open } });
    const issue = (fileName?: string) =>
      links.issue({
        personId: f.ownerId,
        open: () => ({
          contentType: 'audio/wav',
          size: content.length,
          ...(fileName === undefined ? {} : { fileName }),
          createReadStream: (range) =>
            Readable.from([
              range ? content.subarray(range.start, range.end + 1) : Buffer.from(content),
            ]),
        }),
      }).path;
    return { f, clock, links, issue };
  }

  it('gives the whole content, uncached and for our pages only', async () => {
    const { f, issue } = await startWithMedia();
    const answer = await ask(f, issue());
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'audio/wav',
        'content-length': '10',
        'accept-ranges': 'bytes',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
    expect(answer.body.equals(content)).toBe(true);
  });

  it('gives ranges, again and again, and the head', async () => {
    const { f, issue } = await startWithMedia();
    const path = issue();
    const part = await ask(f, path, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers['content-range'], part.body.toString()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const last = await ask(f, path, { headers: { range: 'bytes=-3' } });
    expect(last.body.toString()).toBe('789');
    const beyond = await ask(f, path, { headers: { range: 'bytes=10-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
    const head = await ask(f, path, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '10', 0]);
  });

  it('ends with its time and with its person', async () => {
    const { f, clock, links, issue } = await startWithMedia();
    const [first, second] = [issue(), issue()];
    links.endPerson('someone else');
    expect((await ask(f, first)).status).toBe(200);
    links.endPerson(f.ownerId);
    expect((await ask(f, first)).status).toBe(404);
    expect((await ask(f, second)).status).toBe(404);
    const third = issue();
    clock.advance(5 * 60_000);
    expect((await ask(f, third)).status).toBe(404);
    expect(f.audited.at(-1)?.action).toBe('media.bad-link');
  });

  it('offers a named content as a download', async () => {
    const { f, issue } = await startWithMedia();
    const answer = await ask(f, issue("odrzucone 'ł'.csv"));
    expect(answer.headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''odrzucone%20%27%C5%82%27.csv",
    );
  });
});

describe('the renderer', () => {
  function buildRenderer() {
    const root = mkdtempSync(join(tmpdir(), 'dialdesk-renderer-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>Dialdesk</title>');
    writeFileSync(join(root, 'assets', 'index-B4x9_dQz.js'), 'export const é = 1;');
    return root;
  }

  it('is served with its policy, which names the exact port', async () => {
    const f = await start({ server: { staticRoot: buildRenderer() } });
    const { port } = f.address;
    const page = await ask(f, '/campaigns', { headers: { host: `localhost:${port}` } });
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain(`connect-src 'self' ws://localhost:${port} http://localhost:${port}`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('has charsets on scripts, and hashed files are kept', async () => {
    const f = await start({ server: { staticRoot: buildRenderer() } });
    const script = await ask(f, '/assets/index-B4x9_dQz.js');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await ask(f, '/assets/other.js')).status).toBe(404);
    expect((await ask(f, '/%2e%2e/%2e%2e/etc/passwd')).status).toBe(404);
    expect((await ask(f, '/', { method: 'POST' })).status).toBe(405);
  });

  it('is absent where this server serves none', async () => {
    const f = await start();
    expect((await ask(f, '/')).status).toBe(404);
  });
});
