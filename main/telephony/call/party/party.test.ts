import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName, ParsedInput, RulesSettings } from '#shared/contract/index.ts';
import { Agents } from '../../../agents/index.ts';
import { manualClock } from '../../../testing/contract-clock.ts';
import { FakeMedia } from '../../../testing/dialer-rig.ts';
import { openTestStore, type TestStore } from '../../../testing/open-test-store.ts';
import { type CallView, LiveCalls } from '../live-calls.ts';
import { isSameDebtor, mayDisclose } from './may-disclose.ts';
import { createPartyHandlers } from './party-handlers.ts';
import { partyOfCall } from './party-rows.ts';
import { partyWrites } from './party-writes.ts';

const clock = manualClock();
const setting: RulesSettings['identification'] = {
  person: ['reference', 'birthDate', 'postalCode', 'nationalIdEnd'],
  company: ['companyName', 'taxId'],
  needed: 2,
};
const anna = { personId: 'anna', displayName: 'Anna', role: 'agent' } as const;
const boris = { personId: 'boris', displayName: 'Boris', role: 'agent' } as const;
const lead = { personId: 'lea', displayName: 'Lea', role: 'lead' } as const;

let store: TestStore;
let calls: LiveCalls;
let agents: Agents;
let changed: string[];
let ended: CallView | null;
let handlers: ReturnType<typeof createPartyHandlers>;

beforeEach(() => {
  store = openTestStore({ clock, writes: partyWrites });
  const media = new FakeMedia([]);
  calls = new LiveCalls({ media, clock, lineIdOf: () => 'line' });
  agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => [],
  });
  changed = [];
  ended = null;
  handlers = createPartyHandlers({
    store,
    calls,
    agents,
    recorder: { refuse: async () => ({ mustEnd: false }) } as never,
    endedCall: () => ended,
    identification: () => setting,
    onDebtorChanged: (debtorId) => changed.push(debtorId),
  });
  store.runNow((db) => {
    const createdAt = 0;
    db.insert('debtor', {
      id: 'debtor',
      externalRef: 'F-7',
      kind: 'person',
      displayName: 'Jan Nowak',
      searchName: 'jan nowak',
      birthDate: '1980-04-30',
      postalCode: '00-950',
      language: 'pl',
      jurisdiction: 'PL',
      timeZonesJson: '["Europe/Warsaw"]',
      createdAt,
    });
    db.insert('debt', {
      id: 'debt',
      debtorId: 'debtor',
      externalRef: 'UM/2024/17',
      creditorName: 'Kredyt SA',
      debtKind: 'loan',
      currency: 'PLN',
      principalMinor: 100,
      balanceMinor: 100,
      status: 'open',
      createdAt,
    });
    db.insert('interaction', {
      id: 'interaction',
      debtorId: 'debtor',
      channel: 'call',
      direction: 'out',
      at: 0,
      callId: 'call',
    });
    db.insert('interactionEvent', {
      id: 'joined',
      interactionId: 'interaction',
      at: 0,
      kind: 'joined',
      dataJson: '{}',
    });
  });
});
afterEach(() => store.close());

function aView(overrides: Partial<CallView> = {}): CallView {
  return {
    callId: 'call',
    state: 'connected',
    personId: 'anna',
    debtorId: 'debtor',
    contactPointId: 'phone',
    number: '+48100000001',
    joinedAt: 1,
    ...overrides,
  } as CallView;
}

function talk(overrides: Partial<CallView> = {}): void {
  calls.add({
    leg: { legId: 'call', hangUp: async () => {} },
    language: 'pl',
    hangUpBy: null,
    recordingPolicy: {
      wanted: false,
      announce: false,
      consent: false,
      forbidden: false,
      mandatory: false,
    },
    view: aView(overrides),
  });
}

let commands = 0;
async function run<Name extends CommandName>(
  name: Name,
  input: Omit<ParsedInput<Name>, 'callId'>,
  principal: typeof anna | typeof boris | typeof lead = anna,
) {
  const handler = handlers[name] as (input: unknown, context: unknown) => unknown;
  const context = { principal, connectionId: 'c', commandId: `command-${++commands}` };
  return (await handler({ callId: 'call', ...input }, context)) as Record<string, unknown>;
}
const identify = (...checks: string[]) => run('call.identify', { checks: checks as never });
const third = (more: { relation?: string; refusesContact?: boolean } = {}) =>
  run('call.third-person', { refusesContact: false, ...more });
const codeOf = (code: string) => expect.objectContaining({ code });
const happenings = () =>
  store.read
    .all<{ dataJson: string }>(
      "SELECT dataJson FROM interactionEvent WHERE kind = 'happened' ORDER BY id",
    )
    .map((row) => JSON.parse(row.dataJson) as Record<string, unknown>);
const holds = () =>
  store.read.all<{ kind: string; contactPointId: string | null }>(
    'SELECT kind, contactPointId FROM hold',
  );

describe('the questions', () => {
  it('are those of the setting whose answer is known, in its order, with the answers as plain text', async () => {
    talk();
    expect(await run('call.identity-questions', {})).toEqual({
      needed: 2,
      questions: [
        { check: 'reference', expected: 'UM/2024/17' },
        { check: 'birthDate', expected: '1980-04-30' },
        { check: 'postalCode', expected: '00-950' },
      ],
    });
  });

  it('are all that are known when that is fewer than are needed, and the name when nothing is', async () => {
    talk();
    setKnown({ birthDate: null, postalCode: null });
    expect(await run('call.identity-questions', {})).toMatchObject({ needed: 1 });
    store.runNow((db) => {
      db.update('debtor', 'debtor', { kind: 'company', companyName: null, taxId: null });
    });
    expect(await run('call.identity-questions', {})).toEqual({
      needed: 1,
      questions: [{ check: 'companyName', expected: 'Jan Nowak' }],
    });
  });

  it('never tell a whole national id, and not the end of one that has nothing but an end', async () => {
    talk();
    setKnown({ nationalId: '80043012345' });
    const asked = async () =>
      (await run('call.identity-questions', {})).questions as { check: string; expected: string }[];
    expect((await asked()).at(-1)).toEqual({ check: 'nationalIdEnd', expected: '2345' });
    setKnown({ nationalId: '2345' });
    expect((await asked()).map(({ check }) => check)).not.toContain('nationalIdEnd');
  });

  it('are about the debtor who was kept when theirs was merged into another', async () => {
    store.runNow((db) => {
      db.insert('debtor', {
        id: 'merged',
        externalRef: 'F-8',
        kind: 'person',
        displayName: 'J. Nowak',
        searchName: 'j. nowak',
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '[]',
        mergedInto: 'debtor',
        createdAt: 0,
      });
    });
    talk({ debtorId: 'merged' });
    expect(await run('call.identity-questions', {})).toMatchObject({
      questions: [{ expected: 'UM/2024/17' }, { expected: '1980-04-30' }, { expected: '00-950' }],
    });
  });

  it('of a caller whom nobody knows are none, and nothing identifies them', async () => {
    talk({ debtorId: null });
    expect(await run('call.identity-questions', {})).toEqual({ needed: 0, questions: [] });
    await expect(identify('fullName')).rejects.toEqual(codeOf('call.not-enough-checks'));
  });
});

function setKnown(columns: Record<string, unknown>): void {
  store.runNow((db) => db.update('debtor', 'debtor', columns));
}

describe('an identification', () => {
  it('needs enough answers, each counted once, of the questions that were asked', async () => {
    talk();
    for (const checks of [['birthDate'], ['birthDate', 'birthDate'], ['birthDate', 'taxId']])
      await expect(identify(...checks)).rejects.toEqual(codeOf('call.not-enough-checks'));
    expect(partyOfCall(store.read, 'call').state).toBe('unknown');
  });

  it('stands in its row before the reply, on the call that is up and in the history', async () => {
    talk();
    const party = await identify('postalCode', 'birthDate');
    expect(party).toMatchObject({ state: 'identified', checks: ['birthDate', 'postalCode'] });
    expect(partyOfCall(store.read, 'call')).toEqual(party);
    expect(calls.find('call')?.view.party).toEqual(party);
    expect(happenings()).toEqual([{ what: 'party.identified', count: 2 }]);
    expect(changed).toEqual(['debtor']);
  });

  it('that is repeated changes nothing', async () => {
    talk();
    const first = await identify('birthDate', 'postalCode');
    clock.advance(1_000);
    expect(await identify('birthDate', 'postalCode')).toEqual(first);
    expect(happenings()).toHaveLength(1);
  });

  it('is for the agent of the call and for leads; to others there is no such call', async () => {
    talk();
    const checks = ['birthDate', 'postalCode'] as never;
    for (const name of ['call.identity-questions', 'call.reset-party'] as const)
      await expect(run(name, {}, boris)).rejects.toEqual(codeOf('call.unknown'));
    await expect(run('call.identify', { checks }, boris)).rejects.toEqual(codeOf('call.unknown'));
    await expect(run('call.refuse-recording', {}, boris)).rejects.toEqual(codeOf('call.unknown'));
    expect(await run('call.identify', { checks }, lead)).toMatchObject({ state: 'identified' });
  });

  it('waits until somebody has answered', async () => {
    talk({ state: 'ringing', joinedAt: null });
    await expect(identify('birthDate', 'postalCode')).rejects.toEqual(codeOf('call.not-now'));
  });

  it('can be put right until the outcome is recorded, and not after', async () => {
    ended = aView({ state: 'ended' });
    await expect(third()).rejects.toEqual(codeOf('call.unknown'));
    agents.setLine('anna', 'up');
    agents.apply('anna', { type: 'ready' });
    agents.apply('anna', { type: 'reserve', callId: 'call' });
    expect(await third()).toMatchObject({ state: 'thirdPerson' });
  });
});

describe('a third person', () => {
  it('is never identified nor told of the debt without a reset', async () => {
    talk();
    expect(await third({ relation: 'wife' })).toMatchObject({
      state: 'thirdPerson',
      relation: 'wife',
    });
    await expect(identify('birthDate', 'postalCode')).rejects.toEqual(
      codeOf('call.third-person-on-line'),
    );
    await expect(run('call.reveal-debt', { reason: 'because' })).rejects.toEqual(
      codeOf('call.third-person-on-line'),
    );
    expect(await run('call.reset-party', {})).toMatchObject({ state: 'unknown', relation: null });
    expect(await identify('birthDate', 'postalCode')).toMatchObject({ state: 'identified' });
    expect(happenings().map(({ what }) => what)).toEqual([
      'party.third-person',
      'party.identified',
    ]);
  });

  it('who refuses to be called is left alone at once, on that number alone', async () => {
    talk();
    await third();
    expect(holds()).toEqual([]);
    await third({ refusesContact: true });
    await third({ refusesContact: true });
    expect(holds()).toEqual([{ kind: 'refusedThirdPerson', contactPointId: 'phone' }]);
    expect(happenings().at(-1)).toEqual({ what: 'flag.set', kind: 'refusedThirdPerson' });
  });

  it('at a number that is on no record: the number goes to a list of nobody to call', async () => {
    talk({ contactPointId: null });
    await third({ refusesContact: true });
    expect(holds()).toEqual([]);
    expect(store.read.all('SELECT number FROM doNotCall')).toEqual([{ number: '+48100000001' }]);
  });
});

describe('a reveal', () => {
  it('shows the debt with a reason that is kept, also when it is taken back', async () => {
    talk();
    const reason = 'the debtor says the whole contract';
    expect(await run('call.reveal-debt', { reason })).toMatchObject({
      state: 'unknown',
      revealed: true,
    });
    expect(await run('call.reset-party', {})).toMatchObject({ revealed: false });
    const audit = store.read.get<{ personId: string; detailsJson: string }>(
      "SELECT personId, detailsJson FROM auditEntry WHERE action = 'call.debt-revealed'",
    );
    expect(audit?.personId).toBe('anna');
    expect(JSON.parse(audit?.detailsJson ?? '{}')).toMatchObject({ reason, callId: 'call' });
  });
});

describe('what is counted of the call', () => {
  const facts = () =>
    store.read.all<{ kind: string; target: string | null }>(
      "SELECT kind, target FROM contactEvent WHERE callId = 'call' ORDER BY kind DESC",
    );
  const record = (direction: 'in' | 'out', ...kinds: string[]) =>
    store.runNow((db) => {
      kinds.forEach((kind, index) => {
        db.insert('contactEvent', {
          id: `fact-${index}`,
          at: 0,
          kind,
          direction,
          channel: 'call',
          debtorId: 'debtor',
          callId: 'call',
        });
      });
    });

  it('is no conversation with the debtor when it comes in from a third person', async () => {
    talk();
    record('in', 'conversation');
    await third();
    expect(facts()).toEqual([{ kind: 'humanAnswered', target: 'thirdParty' }]);
    await run('call.reset-party', {});
    expect(facts()).toEqual([{ kind: 'conversation', target: null }]);
    await identify('birthDate', 'postalCode');
    expect(facts()).toEqual([{ kind: 'conversation', target: 'debtor' }]);
  });

  it('is put right when the agent says it in wrap-up, there and back', async () => {
    talk();
    record('out', 'humanAnswered', 'conversation');
    await third();
    expect(facts().map(({ kind }) => kind)).not.toContain('conversation');
    expect(facts().every(({ target }) => target === 'thirdParty')).toBe(true);
    await run('call.reset-party', {});
    expect(facts()).toEqual([
      { kind: 'humanAnswered', target: null },
      { kind: 'conversation', target: null },
    ]);
  });

  it('becomes a conversation when a third person turns out to be the debtor after the end', async () => {
    talk();
    await third();
    record('out', 'humanAnswered');
    await run('call.reset-party', {});
    expect(facts()).toEqual([
      { kind: 'humanAnswered', target: null },
      { kind: 'conversation', target: null },
    ]);
  });
});

describe('what may be given out', () => {
  const ask = (callId?: string) => mayDisclose(store.read, { callId, debtorId: 'debtor' });
  const callUp = () =>
    store.runNow((db) =>
      db.insert('attempt', {
        id: 'attempt',
        callId: 'call',
        debtorId: 'debtor',
        number: '+48100000001',
        mode: 'manual',
        trunkId: 'trunk',
        state: 'joined',
        reservedAt: 0,
        joinedAt: 1,
      }),
    );

  it('outside a call is settled by the address', () => {
    expect(ask()).toEqual({ ok: true });
  });

  it('in a call needs the debtor, or a reveal with its reason', async () => {
    talk();
    callUp();
    const no = { ok: false, because: 'notIdentified' };
    expect([ask('call'), ask()]).toEqual([no, no]);
    await run('call.reveal-debt', { reason: 'court asks' });
    expect([ask('call'), ask()]).toEqual([{ ok: true }, { ok: true }]);
    await run('call.reset-party', {});
    expect(ask('call')).toEqual(no);
    await identify('birthDate', 'postalCode');
    expect([ask('call'), ask()]).toEqual([{ ok: true }, { ok: true }]);
  });

  it('with a third person is never anything, whatever was revealed before', async () => {
    talk();
    callUp();
    await run('call.reveal-debt', { reason: 'court asks' });
    await third();
    const never = { ok: false, because: 'thirdPerson' };
    expect([ask('call'), ask()]).toEqual([never, never]);
  });

  it('is about one debtor also when two were merged in the middle of the call', () => {
    store.runNow((db) => {
      db.insert('debtor', {
        id: 'merged',
        externalRef: 'F-8',
        kind: 'person',
        displayName: 'J. Nowak',
        searchName: 'j. nowak',
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '[]',
        mergedInto: 'debtor',
        createdAt: 0,
      });
    });
    expect(isSameDebtor(store.read, 'merged', 'debtor')).toBe(true);
    expect(isSameDebtor(store.read, 'merged', 'nobody')).toBe(false);
  });
});
