import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fetchReport, isInsideAddress, pinnedGet } from './fetch-report.ts';

const ports = (text: string, addresses = ['203.0.113.7'], status = 200) => {
  const asked: { url: string; address: string }[] = [];
  return {
    asked,
    resolve: async () => addresses,
    get: async (url: URL, address: string) => {
      asked.push({ url: url.href, address });
      return { status, body: new Blob([text]).stream() };
    },
  };
};
const LIST = 'https://lists.example/unwanted.txt';

describe('a list from the network', () => {
  it('is fetched once', async () => {
    const from = ports('+48221234567');
    expect(await fetchReport(LIST, from)).toBe('+48221234567');
    expect(from.asked).toEqual([{ url: LIST, address: '203.0.113.7' }]);
  });

  it.each([
    ['an address of the office', ['192.168.1.5']],
    ['this machine', ['127.0.0.1']],
    ['one of several', ['203.0.113.7', '10.0.0.1']],
    ['an IPv6 address of the link', ['fe80::1']],
    ['an IPv4 address in IPv6', ['::ffff:127.0.0.1']],
    ['an IPv4 address in IPv6, written otherwise', ['0:0:0:0:0:FFFF:7f00:1']],
    ['an IPv4 address behind NAT64', ['64:ff9b::a00:1']],
    ['an IPv4 address behind a NAT64 of the network', ['64:ff9b:1::a00:1']],
    ['an IPv4 address behind 6to4', ['2002:7f00:1::']],
    ['an IPv4 address behind Teredo', ['2001:0:7f00:1::']],
    ['a private IPv6 address', ['fd12:3456::1']],
    ['one with a zone', ['fe80::1%eth0']],
    ['no address', []],
  ])('%s is not asked', async (_name, addresses) => {
    const from = ports('x', addresses);
    await expect(fetchReport(LIST, from)).rejects.toMatchObject({ code: 'caller-id.fetch-failed' });
    expect(from.asked).toEqual([]);
  });

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/x',
    'http://lists.example/x',
  ])('%s is not asked', async (url) => {
    const from = ports('x');
    await expect(fetchReport(url, from)).rejects.toMatchObject({ code: 'caller-id.fetch-failed' });
    expect(from.asked).toEqual([]);
  });

  it('fails on an error status and on a list without end', async () => {
    const code = 'caller-id.fetch-failed';
    const missing = ports('', undefined, 404);
    await expect(fetchReport(LIST, missing)).rejects.toMatchObject({ code });
    const endless = ports('x'.repeat(2_000_001));
    await expect(fetchReport(LIST, endless)).rejects.toMatchObject({ code });
  });

  it('knows public addresses', () => {
    expect(isInsideAddress('8.8.8.8')).toBe(false);
    expect(isInsideAddress('2001:4860:4860::8888')).toBe(false);
    expect(isInsideAddress('172.31.0.1')).toBe(true);
  });

  it('is asked of the address that was looked at, whatever the name says by then', async () => {
    const hosts: (string | undefined)[] = [];
    const server = createServer(({ headers, url }, response) => {
      hosts.push(headers.host);
      if (url === '/away') response.writeHead(302, { location: '/list' }).end();
      else response.end('+48221234567');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const get = pinnedGet(httpRequest as never);
    const ask = (path: string) =>
      get(new URL(`http://lists.invalid:${port}${path}`), '127.0.0.1', AbortSignal.timeout(5_000));
    try {
      const { status, body } = await ask('/list');
      const parts: Uint8Array[] = [];
      for await (const part of body) parts.push(part);
      expect({ status, text: Buffer.concat(parts).toString() }).toEqual({
        status: 200,
        text: '+48221234567',
      });
      const away = await ask('/away');
      for await (const _part of away.body);
      expect(away.status).toBe(302);
      expect(hosts).toEqual([`lists.invalid:${port}`, `lists.invalid:${port}`]);
    } finally {
      server.close();
    }
  });
});
