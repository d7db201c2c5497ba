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
    { kind: 'replaced' },
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
    { type: 'replaced' },
  ];
  /** rows: states; columns: events; the state that follows, `-` = ignored */
  const table = [
    'ticket off - - - - - - - - -',
    '- off connecting lost - - - - - - -',
    '- off - - registering lost - - - - replaced',
    '- off - - - lost registered refused - - replaced',
    '- off - - - lost - refused - - replaced',
    '- off - - - - - - ticket - -',
    '- off - - - - - - - ticket -',
    'ticket off - - - - - - - - -',
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
  const hasDialog = (state: LineState): boolean =>
    state.kind === 'answering' || state.kind === 'up';

  it('answers the invitation with its own nonce', () => {
    const step = transitionLine({ kind: 'awaited', nonce }, { type: 'inviteArrived', nonce });
    expect(step).toEqual({ state: { kind: 'answering', nonce }, effects: ['accept'] });
  });

  it.each(states)('refuses a strange or missing nonce in $kind', (state) => {
    for (const wrong of [other, null, '']) {
      const step = transitionLine(state, { type: 'inviteArrived', nonce: wrong });
      expect(step).toEqual({ state, effects: ['reject'] });
    }
  });

  it.each(states.filter(hasDialog))(
    'puts a repeated invitation in the place of the old dialog in $kind',
    (state) => {
      const step = transitionLine(state, { type: 'inviteArrived', nonce });
      expect(step).toEqual({ state: { kind: 'answering', nonce }, effects: ['dispose', 'accept'] });
    },
  );

  it.each(states)('awaits the next invitation, or nothing, after the end in $kind', (state) => {
    const step = transitionLine(state, { type: 'ended' });
    expect(step.state.kind).toBe(state.kind === 'none' ? 'none' : 'awaited');
    expect(step.effects).toEqual(hasDialog(state) ? ['dispose'] : []);
  });

  it.each(states)('disposes of the old dialog when another line is asked for in $kind', (state) => {
    const step = transitionLine(state, { type: 'requested', nonce: other });
    expect(step.state).toEqual({ kind: 'awaited', nonce: other });
    expect(step.effects).toEqual(hasDialog(state) ? ['dispose'] : []);
  });

  it.each(states.slice(1))(
    'keeps what it has when the same line is asked for again in $kind',
    (state) => {
      expect(transitionLine(state, { type: 'requested', nonce })).toEqual({ state, effects: [] });
    },
  );

  it.each(states)('becomes up only from answering ($kind)', (state) => {
    const event: LineEvent = { type: 'established' };
    const step = transitionLine(state, event);
    expect(step.state.kind).toBe(state.kind === 'answering' ? 'up' : state.kind);
  });

  it.each(states)('is gone when discarded in $kind', (state) => {
    const step = transitionLine(state, { type: 'discarded' });
    expect(step.state).toEqual({ kind: 'none' });
    expect(step.effects).toEqual(hasDialog(state) ? ['dispose'] : []);
  });
});
