import { describe, expect, it } from 'vitest';
import { type LineEvent, type LineState, transitionLine } from './line-machine.ts';
import {
  type RegistrationEvent,
  type RegistrationState,
  transitionRegistration,
} from './registration-machine.ts';

describe('registration', () => {
  const states: RegistrationState[] = [
    { kind: 'off' },
    { kind: 'ticket' },
    { kind: 'connecting' },
    { kind: 'registering' },
    { kind: 'registered' },
    { kind: 'lost', since: 5 },
    { kind: 'refused', code: 'x' },
  ];
  const events: RegistrationEvent[] = [
    { type: 'wanted' },
    { type: 'unwanted' },
    { type: 'ticketReceived' },
    { type: 'ticketFailed', at: 9, reachable: false, code: 'client.offline' },
    { type: 'socketOpened' },
    { type: 'socketClosed', at: 9 },
    { type: 'registered' },
    { type: 'rejected', code: 'sip.403' },
    { type: 'healthAnswered' },
    { type: 'retryDue' },
  ];
  /** rows: states; columns: events; the state that follows, `-` = ignored */
  const table = [
    'ticket off - - - - - - - -',
    '- off connecting lost - - - - - -',
    '- off - - registering lost - - - -',
    '- off - - - lost registered refused - -',
    '- off - - - lost - refused - -',
    '- off - - - - - - ticket -',
    '- off - - - - - - - ticket',
  ].map((row) => row.split(' '));

  it.each(
    states.flatMap((state, row) =>
      events.map((event, column) => ({ state, event, next: table[row]?.[column] })),
    ),
  )('$state.kind × $event.type → $next', ({ state, event, next }) => {
    const step = transitionRegistration(state, event);
    if (next === '-') {
      expect(step.state).toBe(state);
      expect(step.effects).toEqual([]);
    } else {
      expect(step.state.kind).toBe(next);
    }
  });

  it('opens a socket only after the health address answered', () => {
    const lost = transitionRegistration({ kind: 'registered' }, { type: 'socketClosed', at: 1 });
    expect(lost).toEqual({ state: { kind: 'lost', since: 1 }, effects: ['startProbe'] });
    const back = transitionRegistration(lost.state, { type: 'healthAnswered' });
    expect(back.effects).toEqual(['stopProbe', 'fetchTicket']);
  });

  it('waits, rather than probes, when the engine itself refuses the ticket', () => {
    const step = transitionRegistration(
      { kind: 'ticket' },
      { type: 'ticketFailed', at: 1, reachable: true, code: 'access.refused' },
    );
    expect(step).toEqual({
      state: { kind: 'refused', code: 'access.refused' },
      effects: ['scheduleRetry'],
    });
  });
});

describe('agent line', () => {
  const nonce = 'a'.repeat(32);
  const other = 'b'.repeat(32);
  const states: LineState[] = [
    { kind: 'none' },
    { kind: 'awaited', nonce },
    { kind: 'answering', nonce },
    { kind: 'up', nonce },
  ];

  it('answers only the invitation with its own nonce, once', () => {
    const first = transitionLine({ kind: 'awaited', nonce }, { type: 'inviteArrived', nonce });
    expect(first).toEqual({ state: { kind: 'answering', nonce }, effects: ['accept'] });
    const second = transitionLine(first.state, { type: 'inviteArrived', nonce });
    expect(second.effects).toEqual(['reject']);
  });

  it.each(states)('refuses a strange or missing nonce in $kind', (state) => {
    for (const wrong of [other, null]) {
      const step = transitionLine(state, { type: 'inviteArrived', nonce: wrong });
      expect(step).toEqual({ state, effects: ['reject'] });
    }
  });

  it.each(states)('keeps waiting or is empty after the end in $kind', (state) => {
    const step = transitionLine(state, { type: 'ended' });
    expect(step.state.kind).toBe(state.kind === 'awaited' ? 'awaited' : 'none');
    expect(step.effects).toEqual(['answering', 'up'].includes(state.kind) ? ['dispose'] : []);
  });

  it.each(states)('disposes of the old dialog when a new line is asked for in $kind', (state) => {
    const step = transitionLine(state, { type: 'requested', nonce: other });
    expect(step.state).toEqual({ kind: 'awaited', nonce: other });
    expect(step.effects).toEqual(['answering', 'up'].includes(state.kind) ? ['dispose'] : []);
  });

  it.each(states)('becomes up only from answering ($kind)', (state) => {
    const event: LineEvent = { type: 'established' };
    const step = transitionLine(state, event);
    expect(step.state.kind).toBe(state.kind === 'answering' ? 'up' : state.kind);
  });

  it.each(states)('is gone when discarded in $kind', (state) => {
    expect(transitionLine(state, { type: 'discarded' }).state).toEqual({ kind: 'none' });
  });
});
