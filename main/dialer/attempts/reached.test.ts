import { afterEach, describe, expect, it } from 'vitest';
import { partyWrites } from '../../telephony/call/index.ts';
import { type DialerRig, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { createAttemptWrites } from './attempt-writes.ts';
import { createRecoverWrites } from './recover-writes.ts';

let rig: DialerRig;
afterEach(() => rig.close());

async function talking() {
  rig = openDialerRig();
  rig.ready('anna');
  await rig.attempts.start(rig.start(), 'call');
  await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
  rig.trunks.calls[0]!.answer();
  await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
  return rig.trunks.calls[0]!;
}

const say = (event: Parameters<(typeof partyWrites)['party.apply']>[2]['event']) =>
  rig.store.write(partyWrites, 'party.apply', {
    call: { callId: 'call', debtorId: rig.debtorIds[0]!, contactPointId: null, number: null },
    event,
    personId: 'anna',
  });
const facts = () => rig.door.facts.at(-1)?.facts;
const ended = () => turnsUntil('ended', () => rig.attempt('call').endedAt !== null);

describe('what is counted of a call that was joined', () => {
  it.each([
    ['nobody said who it was', [], ['humanAnswered', 'conversation']],
    ['the debtor', [{ type: 'identified', checks: ['x'] }], ['humanAnswered', 'conversation']],
    ['a third person', [{ type: 'thirdPerson', relation: null }], ['humanAnswered']],
    [
      'a third person by a slip of the finger',
      [{ type: 'thirdPerson', relation: null }, { type: 'reset' }],
      ['humanAnswered', 'conversation'],
    ],
  ] as const)('with %s', async (_who, events, expected) => {
    const sip = await talking();
    for (const event of events) await say(event);
    sip.end();
    await ended();
    expect(facts()).toEqual(expected);
  });

  it('with a third person is no conversation either when the engine died in the middle of it', async () => {
    await talking();
    await say({ type: 'thirdPerson', relation: null });
    const recover = createRecoverWrites(createAttemptWrites(rig.door));
    await rig.store.write(recover, 'attempt.recover', null);
    expect(facts()).toEqual(['humanAnswered']);
  });
});
