import { describe, expect, it } from 'vitest';
import {
  aCall,
  aCard,
  anAgentStatus,
  anId,
  anInteraction,
  fixedNow,
  missedCalls,
} from '../testing/fixtures.ts';
import { type CallView, emptyCallView, partyOf, reduceCall } from './call-state.ts';

const ownId = anId(1) as string;
const card = aCard();
const talking: CallView = { ...emptyCallView, current: aCall(), card };

describe('a pushed call', () => {
  it('brings its card with it', () => {
    const view = reduceCall(emptyCallView, {
      type: 'connected',
      data: { call: aCall(), card },
    });
    expect(view).toMatchObject({ current: { callId: anId(100) }, card: { debtorId: anId(10) } });
  });

  it('keeps the card of the same debtor when the event carries none', () => {
    const view = reduceCall(talking, {
      type: 'connected',
      data: { call: aCall({ callId: anId(101) }), card: null },
    });
    expect(view.card).toBe(card);
  });

  it('shows no card of somebody else', () => {
    const view = reduceCall(talking, {
      type: 'connected',
      data: { call: aCall({ callId: anId(101), debtorId: anId(11) }), card: null },
    });
    expect(view.card).toBeNull();
  });
});

describe('an offered call', () => {
  const offer = aCall({ callId: anId(102), state: 'offered', direction: 'in' });
  const offered = reduceCall(talking, { type: 'offered', data: { call: offer, card: null } });

  it('does not touch the present one', () => {
    expect(offered.current).toBe(talking.current);
    expect(offered.offered?.call).toBe(offer);
  });

  it('goes when it ends, is answered elsewhere, or is taken here', () => {
    const ended = reduceCall(offered, { type: 'ended', call: { ...offer, state: 'ended' } });
    expect(ended.offered).toBeNull();
    const elsewhere = { ...offer, state: 'connected' as const, personId: anId(2) as never };
    expect(reduceCall(offered, { type: 'changed', call: elsewhere, ownId }).offered).toBeNull();
    const taken = { call: { ...offer, state: 'connected' as const }, card };
    expect(reduceCall(offered, { type: 'connected', data: taken }).offered).toBeNull();
  });

  it('comes back with a snapshot after a reload', () => {
    const view = reduceCall(emptyCallView, { type: 'snapshot', current: { call: offer, card } });
    expect(view).toMatchObject({ current: null, offered: { call: offer } });
  });
});

describe('a call that changes', () => {
  it('is followed while it is the own one', () => {
    const held = aCall({ state: 'held' });
    expect(reduceCall(talking, { type: 'changed', call: held, ownId }).current).toBe(held);
  });

  it('of another agent changes nothing', () => {
    const other = aCall({ callId: anId(103), state: 'ringing', personId: anId(2) });
    expect(reduceCall(talking, { type: 'changed', call: other, ownId })).toBe(talking);
    expect(reduceCall(talking, { type: 'ended', call: other })).toBe(talking);
  });

  it('appears when the agent has dialed it by hand', () => {
    const dialed = aCall({ callId: anId(104), state: 'dialing', mode: 'manual' });
    const view = reduceCall(emptyCallView, { type: 'changed', call: dialed, ownId });
    expect(view.current).toBe(dialed);
  });
});

describe('wrap-up', () => {
  const ended = reduceCall(talking, {
    type: 'ended',
    call: aCall({ state: 'ended', endedAt: fixedNow }),
  });

  it('keeps the ended call and its card', () => {
    expect(ended).toMatchObject({ current: { state: 'ended' }, card: { debtorId: anId(10) } });
  });

  it('ends with its outcome, and only with its own', () => {
    expect(reduceCall(ended, { type: 'disposed', callId: anId(100) }).current).toBeNull();
    expect(reduceCall(ended, { type: 'disposed', callId: anId(999) })).toBe(ended);
  });

  it('ends when the agent was made ready by the timer', () => {
    const wrapUp = anAgentStatus({ workState: 'wrapUp', callId: anId(100) });
    expect(reduceCall(ended, { type: 'agentChanged', status: wrapUp })).toBe(ended);
    const ready = anAgentStatus({ workState: 'ready', callId: null });
    expect(reduceCall(ended, { type: 'agentChanged', status: ready })).toMatchObject({
      current: null,
      card: null,
    });
  });

  it('does not end a call that is still up', () => {
    const ready = anAgentStatus({ workState: 'ready' });
    expect(reduceCall(talking, { type: 'agentChanged', status: ready })).toBe(talking);
  });
});

describe('history on the card', () => {
  it('takes new rows on top and newer versions in place', () => {
    const added = anInteraction(0, { interactionId: anId(5000), at: fixedNow });
    const once = reduceCall(talking, {
      type: 'interactionAdded',
      debtorId: anId(10),
      interaction: added,
    });
    expect(once.card?.history[0]).toBe(added);
    expect(once.card?.historyTotal).toBe(card.historyTotal + 1);
    const again = reduceCall(once, {
      type: 'interactionAdded',
      debtorId: anId(10),
      interaction: { ...added, dispositionCode: 'promise' },
    });
    expect(again.card?.historyTotal).toBe(card.historyTotal + 1);
    expect(again.card?.history[0]?.dispositionCode).toBe('promise');
  });

  it('ignores rows and cards of other debtors', () => {
    const event = { type: 'interactionAdded', debtorId: anId(11), interaction: anInteraction(1) };
    expect(reduceCall(talking, event as never)).toBe(talking);
    const other = aCard({ debtorId: anId(11) });
    expect(reduceCall(talking, { type: 'cardFetched', card: other })).toBe(talking);
  });
});

describe('missed calls', () => {
  const [first, second] = missedCalls;

  it('are listed once, newest first, until they are settled', () => {
    const listed = [second!, first!, first!].reduce<CallView>(
      (view, item) => reduceCall(view, { type: 'missed', item }),
      emptyCallView,
    );
    expect(listed.missed.map((item) => item.missedInboundId)).toEqual([
      first?.missedInboundId,
      second?.missedInboundId,
    ]);
    const settled = reduceCall(listed, { type: 'missed', item: { ...first!, resolvedAt: 1 } });
    expect(settled.missed).toEqual([second]);
  });
});

describe('who is on the line', () => {
  const identified = aCall().party;
  const unknown = { ...identified, state: 'unknown' as const, checks: [], at: null };
  const veiled: CallView = { ...emptyCallView, current: aCall({ party: unknown }), card };
  const callId = anId(100) as string;

  it('is what the agent says, until the engine has answered', () => {
    const hoped = reduceCall(veiled, { type: 'partyHoped', callId, party: identified });
    expect(partyOf(hoped)).toEqual(identified);
    // news of the call that left before the engine knew do not bring the veil back
    const changed = reduceCall(hoped, {
      type: 'changed',
      call: aCall({ party: unknown, muted: true }),
      ownId,
    });
    expect(partyOf(changed)?.state).toBe('identified');
    const third = { ...identified, state: 'thirdPerson' as const };
    const answered = reduceCall(changed, { type: 'partyAnswered', callId, party: third });
    expect(partyOf(answered)?.state).toBe('thirdPerson');
  });

  it('is what it was when the engine refuses', () => {
    const hoped = reduceCall(veiled, { type: 'partyHoped', callId, party: identified });
    const refused = reduceCall(hoped, { type: 'partyAnswered', callId, party: null });
    expect(partyOf(refused)).toEqual(unknown);
  });

  it('of one call says nothing of the next', () => {
    const hoped = reduceCall(veiled, { type: 'partyHoped', callId, party: identified });
    const next = reduceCall(hoped, {
      type: 'connected',
      data: { call: aCall({ callId: anId(101), party: unknown }), card },
    });
    expect(partyOf(next)).toEqual(unknown);
    const late = reduceCall(next, { type: 'partyAnswered', callId, party: identified });
    expect(partyOf(late)).toEqual(unknown);
  });
});
