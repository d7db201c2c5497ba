import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../../testing/contract-clock.ts';
import type { GatewayEvent } from '../../../types.ts';
import { type PollFailure, PollLoop, type PollOutcome, type PollStep } from './poll-loop.ts';
import { incoming, receipt } from './receipts.ts';

const answer = (key: string) => incoming({ sourceKey: key, channel: 'sms', from: '+48100000001' });
const step = (events: GatewayEvent[], cursor: string | null, more = false): PollStep => ({
  ok: true,
  events,
  cursor,
  more,
});
const failure: PollFailure = {
  ok: false,
  code: 'gateway.server-error',
  detail: null,
  retryAfterMs: null,
};

function open(answers: (PollStep | PollFailure)[]) {
  const clock = manualClock();
  const asked: (string | null)[] = [];
  const taken: GatewayEvent[][] = [];
  const outcomes: PollOutcome[] = [];
  const cursors = new Map<string, string>();
  const store = { takes: true };
  const parts = {
    clock,
    async events(events: readonly GatewayEvent[]) {
      if (!store.takes) throw new Error('busy');
      taken.push([...events]);
    },
    cursors: {
      read: (name: string) => cursors.get(name) ?? null,
      write: async (name: string, value: string) => void cursors.set(name, value),
    },
    log() {},
  };
  const poller = {
    name: 'answers',
    async poll(cursor: string | null) {
      asked.push(cursor);
      return answers.shift() ?? step([], null);
    },
  };
  const loop = new PollLoop(poller, parts, 1_000, (outcome) => void outcomes.push(outcome));
  loop.start();
  /** time passes, and what is under way then ends */
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return { loop, pass, asked, taken, outcomes, cursors, store };
}

describe('polling', () => {
  it('moves its cursor only behind what is durable, and gives again what was not taken', async () => {
    const { pass, asked, taken, cursors, store } = open([step([answer('a')], 'one')]);
    store.takes = false;
    await pass(0);
    expect(asked).toHaveLength(1);
    expect(cursors.size).toBe(0);
    await pass(2_000);
    // Nothing new is asked for while something waits: some providers tell everything once.
    expect(asked).toHaveLength(1);
    store.takes = true;
    await pass(10_000);
    expect(taken).toEqual([[answer('a')]]);
    expect(cursors.get('answers')).toBe('one');
  });

  it('takes page after page without a pause', async () => {
    const pages = [
      step([answer('a')], 'p1', true),
      step([answer('b')], 'p2', true),
      step([answer('c')], 'end'),
    ];
    const { pass, asked, taken } = open(pages);
    await pass(0);
    expect(asked).toEqual([null, 'p1', 'p2']);
    expect(taken.flat()).toEqual([answer('a'), answer('b'), answer('c')]);
  });

  it('what an overlapping window brings again is not given again, a new state is', async () => {
    const sent = receipt('accepted', { providerId: '1' });
    const delivered = receipt('delivered', { providerId: '1' });
    const { pass, taken } = open([
      step([answer('a'), sent], 'one'),
      step([sent, answer('a')], 'two'),
      step([delivered, answer('a')], 'three'),
    ]);
    await pass(0);
    await pass(1_000);
    await pass(1_000);
    expect(taken).toEqual([[answer('a'), sent], [delivered]]);
  });

  it('begins again where an earlier run stood', async () => {
    const { pass, asked, cursors } = open([]);
    cursors.set('answers', 'since 5');
    await pass(0);
    expect(asked).toEqual(['since 5']);
  });

  it('asks ever less often while it fails, as often as before once it is well', async () => {
    const { pass, asked, outcomes } = open([failure, failure, failure]);
    await pass(0);
    await pass(1_000);
    expect(asked).toHaveLength(2);
    await pass(1_000);
    expect(asked).toHaveLength(2);
    await pass(1_000);
    expect(asked).toHaveLength(3);
    await pass(4_000);
    await pass(1_000);
    expect(asked).toHaveLength(5);
    expect(outcomes).toEqual([failure, failure, failure, 'fine', 'fine']);
  });

  it('waits as long as it is told', async () => {
    const { pass, asked } = open([{ ...failure, code: 'gateway.throttled', retryAfterMs: 30_000 }]);
    await pass(0);
    await pass(29_999);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
  });

  it('is silent once it is closed', async () => {
    const { loop, pass, asked } = open([]);
    await pass(0);
    await loop.close();
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });
});
