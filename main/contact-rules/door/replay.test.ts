import { describe, expect, test } from 'vitest';
import { listDecisions, loadDecision } from '../handlers/decision-rows.ts';
import { packsForStore } from './choose-packs.ts';
import { packFacts, unpackFacts } from './decision-facts.ts';
import {
  aCall,
  aCap,
  aDoor,
  allPacks,
  aPack,
  because,
  day,
  hour,
  polish,
  tuesday,
} from './door.fixture.ts';

const lastYear = tuesday - 364 * day;

describe('replaying', () => {
  test('a decision of last year gives its old answer, whatever changed since', () => {
    const hold = { id: 'H', kind: 'hold', holdKind: 'dispute' };
    const old = aPack([aCap('C', 1, 7), hold]);
    const { clock, pass, store, makeRules, reserve, addDebtor } = aDoor({
      packs: [old],
      at: lastYear,
    });
    const debtorId = addDebtor();
    const call = aCall(debtorId);
    const yes = reserve(call);
    pass(hour);
    const no = reserve(call);
    expect([yes.allowed, no.allowed]).toEqual([true, false]);

    pass(364 * day - hour);
    expect(clock.now()).toBe(tuesday);
    store.runNow((db) =>
      db.insert('hold', { id: 'h', debtorId, kind: 'dispute', since: lastYear }),
    );
    const today = makeRules([aPack([aCap('C', 0), hold], { version: '2' })]);
    const again = today.replay(store.read, yes.decisionId)!;
    expect(again).toMatchObject({ same: true, answer: { allowed: true, at: lastYear } });
    expect(again.answer!.packs).toEqual([
      { id: 'test', version: '1', title: 'Test', status: 'draft', own: false },
    ]);
    const refused = today.replay(store.read, no.decisionId)!;
    expect(refused.same).toBe(true);
    expect(refused.answer!.blockedBy).toEqual([
      expect.objectContaining({ rule: 'C', version: '1', counted: 1, limit: 1, source: 'test' }),
    ]);
    // the same question today
    expect(because(today.decide(store.read, call, tuesday)).sort()).toEqual(['cap', 'hold']);
  });

  test('holidays are those that were known then', () => {
    const week = { tue: [['08:00', '20:00']], holiday: [] };
    const { store, makeRules, addDebtor, reserve } = aDoor({
      packs: [aPack([{ id: 'H', kind: 'hours', calendar: 'PL', week }])],
    });
    const { decisionId } = reserve(aCall(addDebtor()));
    const kept = store.read.get<{ resultJson: string }>(
      'SELECT resultJson FROM contactDecision WHERE id = ?',
      decisionId,
    )!;
    const { calendars, tzdb, engine } = JSON.parse(kept.resultJson) as Record<string, unknown>;
    expect(calendars).toEqual([expect.objectContaining({ id: 'calendar:PL' })]);
    expect([tzdb, engine]).toEqual([process.versions.tz, expect.any(String)]);
    // a store that has no tables any more answers from those that were kept
    expect(makeRules().replay(store.read, decisionId)!.same).toBe(true);
  });

  test('with all packs that ship, by night and by day', () => {
    const door = aDoor();
    const debtorId = door.addDebtor();
    const answers = Array.from({ length: 8 }, () => {
      door.pass(3 * hour);
      return door.reserve(aCall(debtorId, { mode: 'manual' }));
    });
    expect(new Set(answers.map(({ allowed }) => allowed))).toEqual(new Set([true, false]));
    const later = door.makeRules(packsForStore(allPacks, 'real').slice(0, 1));
    for (const { decisionId, allowed } of answers) {
      const replayed = later.replay(door.store.read, decisionId);
      expect(replayed).toMatchObject({ same: true, answer: { allowed } });
    }
  });

  test('says that it cannot when the facts were erased, or when none were looked at', () => {
    const { store, rules, reserve, addDebtor } = aDoor();
    const { decisionId } = reserve(aCall(addDebtor()));
    store.runNow((db) => db.update('contactDecisionFacts', decisionId, { facts: '' }));
    const gone = { same: null, answer: null };
    expect(rules.replay(store.read, decisionId)).toEqual(gone);
    expect(rules.replay(store.read, reserve(aCall('nobody')).decisionId)).toEqual(gone);
    expect(rules.replay(store.read, 'no such decision')).toBeNull();
  });

  test('facts and events come out as they went in', () => {
    const kept = {
      personKey: 'p',
      debtorId: null,
      number: polish,
      places: ['PL'],
      creditors: ['One'],
      facts: {
        residence: { jurisdiction: 'PL', zones: ['Europe/Warsaw'] },
        numbers: {},
        holds: [],
        personalBlocks: [],
        consents: [],
        flags: ['noWeekdayReach'],
      },
      events: [
        { at: 5, kind: 'message', channel: 'sms', direction: 'in', person: 'p', flags: [] },
        {
          at: 6,
          kind: 'attempt',
          channel: 'call',
          direction: 'out',
          debt: 'd',
          number: polish,
          target: 'thirdParty',
          flags: ['notConnected', 'consented'],
        },
      ],
    } as const;
    const { packed, hash } = packFacts(kept as never);
    expect(unpackFacts(packed)).toEqual(kept);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(unpackFacts(new Uint8Array([1, 2, 3]))).toBeNull();
    expect(unpackFacts(Buffer.from('{ no JSON'))).toBeNull();
    const many = { ...kept, events: Array.from({ length: 300 }, () => kept.events[0]) };
    const squeezed = packFacts(many as never).packed;
    expect(squeezed.length).toBeLessThan(JSON.stringify(many).length / 5);
    expect(unpackFacts(squeezed)).toEqual(many);
  });
});

describe('the list of decisions', () => {
  test('goes from the newest to the oldest, page by page, and narrows', () => {
    const door = aDoor({ packs: [aPack([aCap('C', 2, 7)])] });
    const [one, other] = [door.addDebtor(), door.addDebtor({}, ['+48601234568'])];
    const made = [one, other, one, one].map((debtorId, index) => {
      door.pass(1000);
      const number = debtorId === one ? polish : '+48601234568';
      return door.reserve(aCall(debtorId, { number }), `call-${index}`).decisionId;
    });
    const { read } = door.store;
    const ids = (filter: object) => {
      const page = listDecisions(read, { limit: 50, ...filter });
      return page.decisions.map(({ decisionId }) => made.indexOf(decisionId));
    };
    expect(ids({})).toEqual([3, 2, 1, 0]);
    expect(ids({ debtorId: one })).toEqual([3, 2, 0]);
    expect(ids({ allowed: false })).toEqual([3]);
    expect(ids({ callId: 'call-2' })).toEqual([2]);
    expect(ids({ overridden: true })).toEqual([]);
    expect(ids({ overridden: false, debtorId: other })).toEqual([1]);
    const first = listDecisions(read, { limit: 3 });
    expect(first.more).toBe(true);
    const before = first.decisions.at(-1)!.decisionId;
    const rest = listDecisions(read, { limit: 3, before });
    expect([rest.more, rest.decisions.map(({ decisionId }) => decisionId)]).toEqual([
      false,
      [made[0]],
    ]);
    expect(loadDecision(read, made[3]!)!.decision).toMatchObject({
      displayName: 'Made Up',
      allowed: false,
      blockedBy: [{ rule: 'C', pack: 'test', because: 'cap', until: expect.any(Number) }],
      packs: [{ id: 'test', version: '1' }],
      overriddenByName: null,
    });
  });
});
