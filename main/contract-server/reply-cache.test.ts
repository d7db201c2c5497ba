import { expect, it } from 'vitest';
import { manualClock } from '../testing/contract-clock.ts';
import { KEEP_COUNT, KEEP_MS, ReplyCache } from './reply-cache.ts';

function setUp() {
  const clock = manualClock();
  const cache = new ReplyCache<string>(clock);
  let runs = 0;
  const run = (key: string, fingerprint = 'f', keep = true) =>
    cache.run(
      key,
      fingerprint,
      async () => `reply ${++runs}`,
      () => keep,
    );
  return { clock, run };
}

it('answers a repeat with the first reply', async () => {
  const { run } = setUp();
  expect(await run('k')).toBe('reply 1');
  expect(await run('k')).toBe('reply 1');
  expect(await run('other')).toBe('reply 2');
});

it('refuses the same key for something else', async () => {
  const { run } = setUp();
  await run('k', 'one');
  expect(run('k', 'two')).toBeNull();
});

it('runs again after a failure that is worth another try', async () => {
  const { run } = setUp();
  await run('k', 'f', false);
  expect(await run('k')).toBe('reply 2');
});

it('forgets after its time', async () => {
  const { clock, run } = setUp();
  await run('k');
  clock.advance(KEEP_MS + 1);
  await run('other');
  expect(await run('k')).toBe('reply 3');
});

it('keeps a limited number', async () => {
  const { run } = setUp();
  for (let n = 0; n <= KEEP_COUNT; n += 1) await run(`k${n}`);
  expect(await run('k0')).toBe(`reply ${KEEP_COUNT + 2}`);
  expect(await run(`k${KEEP_COUNT}`)).toBe(`reply ${KEEP_COUNT + 1}`);
});

it('never forgets a command that is still running', async () => {
  const { clock, run } = setUp();
  const cache = new ReplyCache<string>(clock);
  let finish = (_reply: string) => {};
  const slow = cache.run(
    'slow',
    'f',
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
    () => true,
  );
  clock.advance(KEEP_MS * 2);
  await run('other');
  const repeat = cache.run(
    'slow',
    'f',
    async () => 'second',
    () => true,
  );
  finish('first');
  expect(await slow).toBe('first');
  expect(await repeat).toBe('first');
});
