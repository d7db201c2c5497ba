import { describe, expect, test } from 'vitest';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { practiceNumberAt } from '../numbers/practice-numbers.ts';
import type { ContactRequest } from '../types.ts';
import { packsForStore } from './choose-packs.ts';
import { aCall, aDoor, allPacks, because, hour, polish, tuesday } from './door.fixture.ts';
import { siteSettingId } from './read-site.ts';

/** packs that stand on top of all others */
const everywhere = ['debtor-wishes', 'pci'];

describe('reserving', () => {
  test('a yes writes decision, packs and an attempt that counts at once', () => {
    const { store, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    const decision = reserve(aCall(debtorId));
    expect(decision).toMatchObject({ allowed: true, blockedBy: [], nextAllowedAt: null });
    expect(decision.obligations.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['announceRecording', 'askRecordingConsent', 'showNumber', 'say']),
    );
    expect(
      store.read.get('SELECT * FROM contactEvent WHERE id = ?', decision.reservationId),
    ).toMatchObject({
      kind: 'attempt',
      direction: 'out',
      debtorId,
      number: polish,
      callId: 'call-1',
      decisionId: decision.decisionId,
      reservation: 'held',
      at: tuesday,
    });
    const row = store.read.get<{ allowed: number; packsJson: string }>(
      'SELECT allowed, packsJson FROM contactDecision WHERE id = ?',
      decision.decisionId,
    )!;
    const packs = JSON.parse(row.packsJson) as { id: string; rowId: string }[];
    expect(row.allowed).toBe(1);
    expect(packs.map(({ id }) => id).sort()).toEqual(
      [...everywhere, 'eu', 'pl', 'safe-base'].sort(),
    );
    for (const { id, rowId } of packs) {
      expect(store.read.get('SELECT packId FROM rulePack WHERE id = ?', rowId)).toEqual({
        packId: id,
      });
    }
  });

  test('a no is written down too, with its reason and its end, and takes nothing', () => {
    const night = Date.parse('2026-11-24T22:30:00+01:00');
    const { store, addDebtor, reserve } = aDoor({ at: night });
    const decision = reserve(aCall(addDebtor()));
    expect(decision).toMatchObject({
      allowed: false,
      reservationId: null,
      nextAllowedAt: Date.parse('2026-11-25T08:00:00+01:00'),
    });
    expect(new Set(because(decision))).toEqual(new Set(['hours']));
    expect(store.read.all('SELECT id FROM contactEvent')).toEqual([]);
    expect(store.read.all('SELECT allowed FROM contactDecision')).toEqual([{ allowed: 0 }]);
  });

  test('fifty ask for the one contact that is left: one yes', () => {
    const { store, rules, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    // two a day are allowed on one number by the safe base, and two a day in Poland
    expect(reserve(aCall(debtorId), 'earlier').allowed).toBe(true);
    const answers = Array.from({ length: 50 }, (_, index) =>
      reserve(aCall(debtorId), `call-${index}`),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1);
    const yes = answers.find(({ allowed }) => allowed)!;
    expect(because(reserve(aCall(debtorId)))).toContain('cap');

    const release = () =>
      store.runNow((db, context) => rules.release(db, context, yes.reservationId!));
    expect([release(), release()]).toEqual([true, false]);
    expect(reserve(aCall(debtorId)).allowed).toBe(true);
    expect(reserve(aCall(debtorId)).allowed).toBe(false);
  });

  test('a contact that was started is never given back', () => {
    const { store, rules, addDebtor, reserve } = aDoor();
    const { reservationId } = reserve(aCall(addDebtor()));
    store.runNow((db, context) => rules.markUsed(db, context, reservationId!));
    store.runNow((db, context) => rules.markUsed(db, context, reservationId!));
    expect(() => store.runNow((db, context) => rules.release(db, context, reservationId!))).toThrow(
      expect.objectContaining({ code: 'contact-rules.reservation-used' }),
    );
  });

  test('a transaction that fails takes nothing', () => {
    const { store, rules, addDebtor } = aDoor();
    const debtorId = addDebtor();
    expect(() =>
      store.runNow((db, context) => {
        rules.reserve(db, context, aCall(debtorId));
        throw new Error('the attempt could not be written');
      }),
    ).toThrow();
    expect(store.read.all('SELECT id FROM contactEvent')).toEqual([]);
    expect(store.read.all('SELECT id FROM rulePack')).toEqual([]);
  });

  test('history of the number counts although another debtor had the calls', () => {
    const { addDebtor, reserve } = aDoor();
    const [first, second] = [addDebtor(), addDebtor()];
    reserve(aCall(first));
    reserve(aCall(first));
    const decision = reserve(aCall(second));
    expect(decision.blockedBy.map(({ rule }) => rule)).toEqual(['SB-03c']);
  });
});

describe('deciding before a click', () => {
  test('says the same as reserving and writes nothing', () => {
    const { store, rules, addDebtor } = aDoor();
    const debtorId = addDebtor();
    expect(rules.decide(store.read, aCall(debtorId), tuesday).allowed).toBe(true);
    expect(rules.decide(store.read, aCall(debtorId), tuesday + 12 * hour).allowed).toBe(false);
    expect(store.read.all('SELECT id FROM contactDecision')).toEqual([]);
  });

  test('manual calls ask too, also to a number of nobody we know', () => {
    const { addDebtor, reserve } = aDoor();
    addDebtor();
    const stranger = aCall('', { mode: 'manual', number: '+48699999999' });
    expect(reserve(stranger).allowed).toBe(true);
    expect(reserve(stranger).allowed).toBe(true);
    expect(because(reserve(stranger))).toContain('cap');
  });

  test('a number dialed without a debtor falls under the rules of its owner', () => {
    const { store, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    store.runNow((db) =>
      db.insert('hold', { id: 'h1', debtorId, kind: 'cease', since: tuesday - hour }),
    );
    expect(because(reserve(aCall('', { mode: 'manual' })))).toContain('hold');
    addDebtor();
    expect(because(reserve(aCall('', { mode: 'manual' })))).toEqual(['debtor-ambiguous']);
  });
});

describe('facts from the store', () => {
  test.each([
    ['of all media', {}, 'call', false],
    ['of another medium', { medium: 'sms' }, 'call', true],
    ['of this medium', { medium: 'sms' }, 'sms', false],
    ['of this number', { contactPointId: `debtor-1 ${polish}` }, 'call', false],
    ['lifted', { liftedAt: tuesday - 1 }, 'call', true],
    ['over', { until: tuesday }, 'call', true],
    ['not yet begun, by a clock that was ahead', { since: tuesday + 1 }, 'call', false],
  ] as const)('a hold %s', (_what, columns, channel, allowed) => {
    const { store, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    store.runNow((db) =>
      db.insert('hold', {
        id: 'h1',
        debtorId,
        kind: 'mediumOptOut',
        since: tuesday - hour,
        ...columns,
      }),
    );
    expect(reserve(aCall(debtorId, { channel })).allowed).toBe(allowed);
  });

  test.each(['real', 'practice'] as const)(
    'a number whose owner, not the debtor, refused is not called, others are (%s)',
    (storeKind) => {
      const { store, rules, addDebtor } = aDoor({ storeKind });
      const numbers = [polish, '+48602222222'];
      if (storeKind === 'practice') {
        numbers.splice(0, 2, practiceNumberAt('PL', 0)!, practiceNumberAt('PL', 1)!);
      }
      const debtorId = addDebtor({}, numbers);
      store.runNow((db) =>
        db.insert('hold', {
          id: 'h1',
          debtorId,
          kind: 'refusedThirdPerson',
          contactPointId: `${debtorId} ${numbers[0]}`,
          since: tuesday - hour,
        }),
      );
      const answers = numbers.map((number) =>
        rules.decide(store.read, aCall(debtorId, { number, target: 'debtor' }), tuesday),
      );
      expect(answers.map(because)).toEqual([['hold'], []]);
    },
  );

  test('a number marked as wrong is not called', () => {
    const { store, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    store.runNow((db) =>
      db.update('contactPoint', `${debtorId} ${polish}`, { status: 'wrongNumber' }),
    );
    const decision = reserve(aCall(debtorId));
    expect(decision.blockedBy).toEqual([expect.objectContaining({ rule: 'DW-09', until: null })]);
  });

  test('zones of residence and number must both be open', () => {
    const { addDebtor, reserve } = aDoor({ at: Date.parse('2026-11-24T09:00:00-05:00') });
    const [newYork, losAngeles] = ['+12122340000', '+13102340000'];
    const debtorId = addDebtor({ jurisdiction: 'US-NY', timeZonesJson: '["America/New_York"]' }, [
      newYork,
      losAngeles,
    ]);
    const decision = reserve(aCall(debtorId, { number: newYork }));
    expect(decision.nextAllowedAt).toBe(Date.parse('2026-11-24T08:00:00-08:00'));
    expect(decision.blockedBy.map(({ rule }) => rule).sort()).toEqual(['SB-01', 'US-F-03']);
  });

  test('what came of a call is written once for each kind, and marks the attempt', () => {
    const { store, rules, addDebtor, reserve } = aDoor();
    const debtorId = addDebtor();
    const { reservationId } = reserve(aCall(debtorId), 'call-7');
    const record = () =>
      store.runNow((db, context) =>
        rules.recordContactEvents(db, context, {
          callId: 'call-7',
          kinds: ['notConnected'],
          direction: 'out',
        }),
      );
    expect([record(), record()]).toEqual([1, 0]);
    expect(
      store.read.all('SELECT kind, debtorId, number, flagsJson FROM contactEvent ORDER BY id'),
    ).toEqual([
      { kind: 'attempt', debtorId, number: polish, flagsJson: '["notConnected"]' },
      { kind: 'notConnected', debtorId, number: polish, flagsJson: '[]' },
    ]);
    expect(reservationId).not.toBeNull();
  });

  test('a conversation that the debtor began counts where the rule says both directions', () => {
    const at = Date.parse('2026-11-24T12:00:00-05:00');
    const { store, rules, addDebtor, reserve } = aDoor({ at });
    const number = '+12122340000';
    const debtorId = addDebtor({ jurisdiction: 'US-NY', timeZonesJson: '["America/New_York"]' }, [
      number,
    ]);
    store.runNow((db, context) =>
      rules.recordFacts(db, context, {
        callId: 'in-1',
        debtorId,
        contactPointId: null,
        number,
        direction: 'in',
        mode: null,
        facts: ['conversation'],
      }),
    );
    const decision = reserve(aCall(debtorId, { number }));
    expect(decision.blockedBy).toEqual([
      expect.objectContaining({ rule: 'US-F-02', because: 'cooldown' }),
    ]);
    expect(decision.overridable).toBe(true);
  });
});

describe('failing closed', () => {
  test('without packs', () => {
    const { addDebtor, reserve } = aDoor({ packs: [] });
    expect(because(reserve(aCall(addDebtor())))).toEqual(['no-pack']);
  });

  test.each([
    ['no zone', { jurisdiction: '', timeZonesJson: '[]' }],
    ['a zone that is none', { timeZonesJson: '["Mars/Olympus"]' }],
  ])('with %s', (_what, row) => {
    const { addDebtor, reserve } = aDoor();
    const toll = '+80012345678';
    expect(because(reserve(aCall(addDebtor(row, []), { number: toll })))).toEqual(['zone-unknown']);
  });

  test('for a debtor that is gone, and a call without a number', () => {
    const { addDebtor, reserve } = aDoor();
    expect(because(reserve(aCall('nobody')))).toEqual(['debtor-unknown']);
    const { number: _number, ...withoutNumber } = aCall(addDebtor());
    expect(because(reserve(withoutNumber))).toEqual(['number-missing']);
  });

  test('for a channel that is no contact', () => {
    const { addDebtor, reserve } = aDoor();
    expect(because(reserve(aCall(addDebtor(), { channel: 'ivr' })))).toEqual(['channel-unknown']);
  });

  test('when the clock stepped, stands behind the newest row, or another guard says so', () => {
    const { clock, store, rules, addDebtor, reserve, pass } = aDoor();
    const debtorId = addDebtor();
    expect(because(reserve(aCall(debtorId), 'c', true))).toEqual(['clock']);
    pass(1000);
    reserve(aCall(debtorId));
    clock.wall -= 2 * hour;
    clock.ticks += 1000;
    expect(because(reserve(aCall(debtorId)))).toEqual(['clock']);
    rules.confirmClock(store.read);
    expect(because(reserve(aCall(debtorId)))).not.toContain('clock');
  });
});

describe('practice and real work', () => {
  const practiceNumber = practiceNumberAt('PL', 5)!;

  test('a store of one kind refuses to load packs of the other', () => {
    const practice = allPacks.filter((pack) => pack.practice);
    const real = allPacks.filter((pack) => !pack.practice);
    const refused = expect.objectContaining({ code: 'contact-rules.practice-pack' });
    expect(() => aDoor({ storeKind: 'real', packs: practice })).toThrow(refused);
    expect(() => aDoor({ storeKind: 'practice', packs: real })).toThrow(refused);
    expect(packsForStore(allPacks, 'practice').map(({ id }) => id)).toEqual(['practice']);
  });

  test('practice calls at any hour, as often as wanted, and every one is written down', () => {
    const sunday = Date.parse('2026-11-22T03:00:00+01:00');
    const { store, addDebtor, reserve, rules } = aDoor({ storeKind: 'practice', at: sunday });
    const debtorId = addDebtor({}, [practiceNumber]);
    for (let index = 0; index < 20; index++) {
      expect(reserve(aCall(debtorId, { number: practiceNumber }), `c${index}`).allowed).toBe(true);
    }
    expect(store.read.get('SELECT count(*) AS n FROM contactDecision')).toEqual({ n: 20 });
    store.runNow((db) => db.insert('hold', { id: 'h1', debtorId, kind: 'cease', since: 0 }));
    expect(because(reserve(aCall(debtorId, { number: practiceNumber })))).toEqual(['hold']);
    expect(rules.rulesInForce().packs).toEqual([
      expect.objectContaining({ id: 'practice', practice: true, status: 'draft' }),
    ]);
  });

  test('a practice debtor or number is refused in a real store', () => {
    const { addDebtor, reserve } = aDoor();
    expect(because(reserve(aCall(addDebtor({ synthetic: 1 }))))).toEqual(['practice-in-real']);
    const call = aCall(addDebtor({}, [practiceNumber]), { number: practiceNumber });
    expect(because(reserve(call))).toEqual(['practice-in-real']);
  });

  test('a real debtor or number is refused in a practice store', () => {
    const { addDebtor, reserve } = aDoor({ storeKind: 'practice' });
    const real = aCall(addDebtor({ synthetic: 0 }, [practiceNumber]), { number: practiceNumber });
    expect(because(reserve(real))).toEqual(['real-in-practice']);
    expect(because(reserve(aCall(addDebtor())))).toEqual(['real-in-practice']);
    expect(because(reserve(aCall('', { number: '+48699999999' })))).toEqual(['real-in-practice']);
  });
});

describe('which packs apply', () => {
  const packIds = (door: ReturnType<typeof aDoor>, call: ContactRequest) => {
    const { decisionId } = door.reserve(call);
    const row = door.store.read.get<{ packsJson: string }>(
      'SELECT packsJson FROM contactDecision WHERE id = ?',
      decisionId,
    )!;
    return (JSON.parse(row.packsJson) as { id: string }[]).map(({ id }) => id).sort();
  };

  test('those of the residence from country to city, of the number, and the safe base', () => {
    const door = aDoor({ at: Date.parse('2026-11-24T12:00:00-05:00') });
    const debtorId = door.addDebtor(
      { jurisdiction: 'US-NY-NYC', timeZonesJson: '["America/New_York"]' },
      ['+442079470000'],
    );
    expect(packIds(door, aCall(debtorId, { number: '+442079470000' }))).toEqual(
      [...everywhere, 'safe-base', 'uk', 'us-federal', 'us-nyc'].sort(),
    );
  });

  test('those of our own site', () => {
    const door = aDoor();
    door.store.runNow((db) =>
      db.insert('setting', {
        id: siteSettingId,
        valueJson: '{"jurisdictions":["DE-BE"]}',
        updatedAt: 0,
      }),
    );
    expect(packIds(door, aCall(door.addDebtor()))).toEqual(
      ['de', ...everywhere, 'eu', 'pl', 'safe-base'].sort(),
    );
  });

  test('the safe base goes when counsel has approved the pack of the residence', () => {
    const packs = packsForStore(allPacks, 'real').map(
      (pack): RulePack =>
        pack.id === 'pl'
          ? { ...pack, review: { ...pack.review, status: 'counsel-approved' } }
          : pack,
    );
    const door = aDoor({ packs });
    expect(packIds(door, aCall(door.addDebtor()))).toEqual([...everywhere, 'eu', 'pl'].sort());
    const inBerlin = { jurisdiction: 'DE-BE', timeZonesJson: '["Europe/Berlin"]' };
    expect(packIds(door, aCall(door.addDebtor(inBerlin), {}))).toEqual(
      ['de', ...everywhere, 'eu', 'pl', 'safe-base'].sort(),
    );
  });
});
