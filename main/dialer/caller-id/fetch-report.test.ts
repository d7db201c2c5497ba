import { describe, expect, it } from 'vitest';
import { fetchReport, isInsideAddress } from './fetch-report.ts';

const ports = (answer: () => Response, addresses = ['203.0.113.7']) => {
  const asked: string[] = [];
  return {
    asked,
    resolve: async () => addresses,
    fetch: async (url: string) => {
      asked.push(url);
      return answer();
    },
  };
};
const URL = 'https://lists.example/unwanted.txt';

describe('a list from the network', () => {
  it('is fetched once', async () => {
    const from = ports(() => new Response('+48221234567'));
    expect(await fetchReport(URL, from)).toBe('+48221234567');
    expect(from.asked).toEqual([URL]);
  });

  it.each([
    ['an address of the office', ['192.168.1.5']],
    ['this machine', ['127.0.0.1']],
    ['one of several', ['203.0.113.7', '10.0.0.1']],
    ['an IPv6 address of the link', ['fe80::1']],
    ['an IPv4 address in IPv6', ['::ffff:127.0.0.1']],
    ['no address', []],
  ])('%s is not asked', async (_name, addresses) => {
    const from = ports(() => new Response('x'), addresses);
    await expect(fetchReport(URL, from)).rejects.toMatchObject({ code: 'caller-id.fetch-failed' });
    expect(from.asked).toEqual([]);
  });

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/x',
    'http://lists.example/x',
  ])('%s is not asked', async (url) => {
    const from = ports(() => new Response('x'));
    await expect(fetchReport(url, from)).rejects.toMatchObject({ code: 'caller-id.fetch-failed' });
    expect(from.asked).toEqual([]);
  });

  it('fails on an error status and on a list without end', async () => {
    const code = 'caller-id.fetch-failed';
    const missing = ports(() => new Response('', { status: 404 }));
    await expect(fetchReport(URL, missing)).rejects.toMatchObject({ code });
    const endless = ports(() => new Response('x'.repeat(2_000_001)));
    await expect(fetchReport(URL, endless)).rejects.toMatchObject({ code });
  });

  it('knows public addresses', () => {
    expect(isInsideAddress('8.8.8.8')).toBe(false);
    expect(isInsideAddress('2001:4860:4860::8888')).toBe(false);
    expect(isInsideAddress('172.31.0.1')).toBe(true);
  });
});
