import { afterEach, describe, expect, it } from 'vitest';
import { IndexClient } from './index-client.ts';

const entry = new URL('./fixtures/failing-index.ts', import.meta.url);
let client: IndexClient;
afterEach(() => client.close());

const open = (answerTimeoutMs = 10_000) => {
  const lost = Promise.withResolvers<string>();
  client = new IndexClient({
    connection: { file: '', keyHex: '' },
    entry,
    answerTimeoutMs,
    onLost: (error) => lost.resolve(String(error.cause)),
  });
  return lost.promise;
};
const unavailable = expect.objectContaining({ code: 'list.unavailable', retryable: true });

describe('the thread of lists', () => {
  it('refuses what was asked when it died, and answers again after its restart', async () => {
    const lost = open();
    const dies = client.ask('count', { filter: {} });
    const beside = client.ask('choices', null);
    await expect(dies).rejects.toEqual(unavailable);
    await expect(beside).rejects.toEqual(unavailable);
    expect(await lost).toContain('died of a question');
    await expect(client.ask('portfolios', null)).rejects.toEqual(unavailable);
    await expect
      .poll(() => client.ask('portfolios', null).catch(() => null), { timeout: 5_000 })
      .toEqual([]);
  });

  it('ends a thread that does not answer in time', async () => {
    const lost = open(2_500);
    expect(await client.ask('portfolios', null)).toEqual([]);
    await expect(client.ask('choices', null)).rejects.toEqual(unavailable);
    await lost;
    await expect
      .poll(() => client.ask('portfolios', null).catch(() => null), { timeout: 5_000 })
      .toEqual([]);
  });

  it('refuses at once when too many wait, and when it is closed', async () => {
    open();
    const asked = Array.from({ length: 501 }, () => client.ask('choices', null));
    const last = asked.pop();
    await expect(last).rejects.toEqual(unavailable);
    const others = Promise.allSettled(asked);
    await client.close();
    expect((await others).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
