import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HandOver, OutgoingMessage } from '../types.ts';
import { openOutboxRig, settle } from './outbox.fixture.ts';

type Rig = Awaited<ReturnType<typeof openOutboxRig>>;

/** What happens to a gateway that never lies, and to the people and machines around it. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(50, 3_000, 70_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answers' as const),
      how: fc.constantFrom('accepts', 'later', 'rejects', 'takes silently', 'drops', 'hangs'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('state' as const),
      kind: fc.constantFrom('ready' as const, 'connecting' as const, 'failing' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'ask' as const, 'report' as const),
      at: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'full' as const) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

async function run(happenings: readonly Happening[]): Promise<void> {
  const rig: Rig = await openOutboxRig();
  const taken: string[] = [];
  const messageIds: string[] = [];
  const cancelled = new Set<string>();
  let how = 'accepts';
  let isFull = false;
  const write = rig.store.write.bind(rig.store);
  rig.store.write = (async (...input: Parameters<typeof write>) => {
    if (isFull && input[1] !== 'message.queue') throw new Error('SQLITE_FULL');
    return write(...input);
  }) as never;
  const answer = ({ messageId }: OutgoingMessage): HandOver | Promise<HandOver> => {
    if (how === 'later') return { kind: 'later', code: 'x', detail: null, retryAfterMs: null };
    if (how === 'rejects') return { kind: 'rejected', code: 'x', detail: null, badAddress: false };
    if (how === 'accepts' || how === 'takes silently' || how === 'hangs') taken.push(messageId);
    if (how === 'hangs') return new Promise(() => {});
    if (how !== 'accepts') return { kind: 'unknown', code: 'x', detail: null };
    return { kind: 'accepted', providerIds: [`p-${messageId}`], parts: 1 };
  };
  const queryAnswer: Rig['fake']['queryAnswer'] = ({ messageId }) =>
    taken.includes(messageId) ? null : 'notTaken';
  await rig.restart({ answer, queryAnswer });
  for (const one of happenings) {
    if (one.do === 'send') {
      const reply = await rig.send(rig.addDebtor());
      if (reply.ok) messageIds.push(reply.messageId);
    } else if (one.do === 'pass') rig.clock.advance(one.ms);
    else if (one.do === 'answers') how = one.how;
    else if (one.do === 'state')
      rig.fake.parts.onState({ kind: one.kind, code: null, detail: null });
    else if (one.do === 'full') isFull = !isFull;
    else if (one.do === 'restart') {
      isFull = false;
      await rig.restart();
    } else if ('at' in one) {
      const messageId = messageIds[one.at % Math.max(1, messageIds.length)];
      if (messageId === undefined) continue;
      if (one.do === 'ask') void rig.outbox.query(messageId).catch(() => {});
      if (one.do === 'cancel') {
        const wasTaken = taken.includes(messageId);
        await rig.outbox.cancel(messageId, {}).then(
          () => void (wasTaken || cancelled.add(messageId)),
          () => {},
        );
      }
      if (one.do === 'report' && taken.includes(messageId))
        await rig.fake.receipt({ messageId }).catch(() => {});
    }
    await settle(6);
  }
  expect(new Set(taken).size, 'taken once').toBe(taken.length);
  for (const messageId of cancelled) expect(taken, 'cancelled').not.toContain(messageId);
  // at last all is well: whatever waits leaves, or it is said that nobody knows
  isFull = false;
  how = 'accepts';
  rig.fake.parts.onState({ kind: 'ready', code: null, detail: null });
  for (let step = 0; step < 40; step += 1) {
    rig.clock.advance(30_000);
    await settle(6);
  }
  expect(new Set(taken).size, 'taken once').toBe(taken.length);
  for (const messageId of messageIds) {
    const { state, reason } = rig.state(messageId);
    const isTaken = taken.includes(messageId);
    expect(['permitted', 'queued'], `${messageId} ${reason}`).not.toContain(state);
    expect(['sent', 'delivered', 'unknown'].includes(state), `${state} ${reason}`).toBe(isTaken);
  }
  await rig.outbox.stop();
}

it('nothing is taken twice, lost or left waiting, whatever happens around a gateway that never lies', async () => {
  await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 25 }), run), {
    numRuns: 20,
    endOnFailure: true,
    interruptAfterTimeLimit: 25_000,
  });
}, 60_000);
