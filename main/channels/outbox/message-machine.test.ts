import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type MessageState, messageStates } from '#shared/contract/index.ts';
import { isFinal, type MessageEvent, transition } from './message-machine.ts';

const events = [
  'permit',
  'postpone',
  'reject',
  'expire',
  'accept',
  'lose',
  'notTaken',
  'reportDelivered',
  'reportRead',
  'reportFailed',
  'reportExpired',
  'cancel',
] as const satisfies readonly MessageEvent[];

/** in the order of `events`; `.` is ignored, `!` refused */
const table: Record<MessageState, string> = {
  queued:
    'permitted queued    failed expired sent .       .      delivered read failed? expired? cancelled',
  permitted:
    '!         queued    failed .       sent unknown .      delivered read failed  expired  !',
  sent: '!        .         .      .       .    .       .      delivered read failed  expired  !',
  unknown: '!     .         .      .       sent .       queued delivered read failed  expired  !',
  delivered: '!   .         .      .       .    .       .      .         read .       .        !',
  read: '!        .         .      .       .    .       .      .         .    .       .        !',
  failed: '!      .         .      .       .    .       .      .         .    .       .        !',
  expired: '!     .         .      .       .    .       .      delivered read .       .        !',
  cancelled: '!   .         .      .       .    .       .      .         .    .       .        !',
};
// a report on an earlier try says nothing of what waits again
table.queued = table.queued.replace('failed?', '.').replace('expired?', '.');

const cases = messageStates.flatMap((state) => {
  const expected = table[state].trim().split(/\s+/);
  return events.map((event, index) => [state, event, expected[index] ?? '?'] as const);
});

it.each(cases)('%s on %s gives %s', (state, event, expected) => {
  const found = transition(state, event);
  const shown = found.kind === 'moved' ? found.state : { ignored: '.', refused: '!' }[found.kind];
  expect(shown).toBe(expected);
});

it('tells a person who comes too late that it has left', () => {
  expect(transition('sent', 'cancel')).toEqual({ kind: 'refused', code: 'message.already-left' });
});

it('never hands over what has left or may have left, whatever is reported in whatever order', () => {
  const left = new Set<MessageState>(['sent', 'delivered', 'read']);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (happened) => {
      let state: MessageState = 'queued';
      let hasLeft = false;
      for (const event of happened) {
        const next = transition(state, event);
        if (next.kind !== 'moved') continue;
        state = next.state;
        hasLeft ||= left.has(state);
        // only what certainly was not taken waits again
        if (hasLeft) expect(['queued', 'permitted', 'cancelled', 'unknown']).not.toContain(state);
      }
    }),
  );
});

it('moves a delivered message forward only', () => {
  for (const event of events) {
    const next = transition('delivered', event);
    if (next.kind === 'moved') expect(next.state).toBe('read');
  }
  expect(messageStates.filter(isFinal)).toEqual(['read', 'failed', 'expired', 'cancelled']);
});
