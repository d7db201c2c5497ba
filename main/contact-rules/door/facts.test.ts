import { describe, expect, test } from 'vitest';
import { aCall, aCap, aDoor, aPack, because, day, hour, polish, tuesday } from './door.fixture.ts';

type Door = ReturnType<typeof aDoor>;
type Row = Record<string, unknown>;

const insert = (door: Door, table: string, row: Row) =>
  door.store.runNow((db, context) => db.insert(table, { id: context.newId(), ...row }));
const decide = (door: Door, request: ReturnType<typeof aCall>) =>
  door.rules.decide(door.store.read, request, door.clock.now());

describe('the debtor’s own wishes', () => {
  const blockedRule = { id: 'T-B', kind: 'personalBlock', channels: ['call', 'sms', 'email'] };

  test.each([
    ['of every address', {}, true, true],
    ['of another number', { contactPointId: 'debtor-1 +48601234568' }, false, false],
    ['of this number', { contactPointId: `debtor-1 ${polish}` }, true, true],
    ['of another channel', { channelsJson: '["sms"]' }, false, true],
    ['that was lifted', { liftedAt: tuesday - 1 }, false, false],
    ['of another day', { daysJson: '["wed"]' }, false, false],
    ['that ends now', { toTime: '10:00' }, false, false],
  ])('"not then" %s', (_what, columns, refusesCall, refusesText) => {
    const door = aDoor({ packs: [aPack([blockedRule])] });
    const debtorId = door.addDebtor({}, [polish, '+48601234568']);
    insert(door, 'personalBlock', {
      debtorId,
      daysJson: '["tue"]',
      fromTime: '09:00',
      toTime: '17:00',
      createdAt: 0,
      ...columns,
    });
    expect(decide(door, aCall(debtorId)).allowed).toBe(!refusesCall);
    expect(decide(door, aCall(debtorId, { channel: 'sms' })).allowed).toBe(!refusesText);
  });

  test('hours at which a number may be reached leave the rest of the week out', () => {
    const door = aDoor({ packs: [aPack([blockedRule])] });
    const debtorId = door.addDebtor({}, [polish, '+48601234568']);
    const hoursJson = JSON.stringify([{ days: ['mon', 'tue'], from: '18:00', to: '20:00' }]);
    door.store.runNow((db) => db.update('contactPoint', `${debtorId} ${polish}`, { hoursJson }));
    expect(decide(door, aCall(debtorId))).toMatchObject({
      allowed: false,
      nextAllowedAt: Date.parse('2026-11-24T18:00:00+01:00'),
    });
    expect(decide(door, aCall(debtorId, { number: '+48601234568' })).allowed).toBe(true);
    door.pass(day);
    // Wednesday is not among them
    expect(decide(door, aCall(debtorId)).nextAllowedAt).toBe(
      Date.parse('2026-11-30T18:00:00+01:00'),
    );
  });

  test.each([
    ['days of which none is known', { daysJson: '["someday"]' }],
    ['days that cannot be read', { daysJson: '{' }],
    ['an end before its beginning', { fromTime: '17:00', toTime: '09:00' }],
    ['times that cannot be read', { fromTime: 'nine', toTime: 'ten' }],
  ])('a damaged "not then" with %s refuses more, not less', (_what, columns) => {
    const door = aDoor({ packs: [aPack([blockedRule])] });
    const debtorId = door.addDebtor();
    const row = { debtorId, daysJson: '["tue"]', fromTime: '09:00', toTime: '17:00', createdAt: 0 };
    insert(door, 'personalBlock', { ...row, ...columns });
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
  });

  test.each([
    ['{', false],
    ['null', false],
    ['"always"', false],
    ['[{"days":["tue"],"from":"20:00","to":"09:00"}]', false],
    ['[{"days":["tue"],"from":"0","to":"x"}]', false],
    ['[]', true],
  ])('reachable hours stored as %s leave the number open: %s', (hoursJson, allowed) => {
    const door = aDoor({ packs: [aPack([blockedRule])] });
    const debtorId = door.addDebtor({}, [polish, '+48601234568']);
    door.store.runNow((db) => db.update('contactPoint', `${debtorId} ${polish}`, { hoursJson }));
    expect(decide(door, aCall(debtorId)).allowed).toBe(allowed);
    expect(decide(door, aCall(debtorId, { number: '+48601234568' })).allowed).toBe(true);
  });

  test('a hold that begins ahead of the clock holds from now', () => {
    const door = aDoor({ packs: [aPack([{ id: 'T-O', kind: 'hold', holdKind: 'cease' }])] });
    const debtorId = door.addDebtor();
    insert(door, 'hold', { debtorId, kind: 'cease', since: tuesday + 30 * day });
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
  });

  test('where they say to be stands for all other zones until it ends', () => {
    const hours = {
      id: 'T-H',
      kind: 'hours',
      calendar: 'PL',
      week: { tue: [['08:00', '20:00']], wed: [['08:00', '20:00']] },
    };
    const door = aDoor({ packs: [aPack([hours])] });
    const debtorId = door.addDebtor();
    const until = Date.parse('2026-11-24T12:00:00+01:00');
    const place = { debtorId, timeZonesJson: '["America/New_York"]', createdAt: 0 };
    insert(door, 'statedPlace', { ...place, since: tuesday - day, until });
    expect(decide(door, aCall(debtorId))).toMatchObject({ allowed: false, nextAllowedAt: until });
    door.store.runNow((db) => {
      const [row] = db.all<{ id: string }>('SELECT id FROM statedPlace');
      db.update('statedPlace', row!.id, { endedAt: tuesday });
    });
    expect(decide(door, aCall(debtorId)).allowed).toBe(true);
  });

  test('a doubtful prefix is not read by rules that presume from it', () => {
    const hours = {
      id: 'T-H',
      kind: 'hours',
      calendar: 'PL',
      zoneBasis: 'numberPresumed',
      week: { tue: [['08:00', '20:00']] },
    };
    const newYork = '+12122340000';
    const door = aDoor({ packs: [aPack([hours])] });
    const debtorId = door.addDebtor({}, [newYork]);
    const call = aCall(debtorId, { number: newYork });
    expect(decide(door, call).allowed).toBe(false);
    door.store.runNow((db) =>
      db.update('contactPoint', `${debtorId} ${newYork}`, { zoneDoubt: 1 }),
    );
    expect(decide(door, call).allowed).toBe(true);
  });
});

describe('what was said about an address whose row is gone', () => {
  const other = '+48601234568';
  const packs = [
    aPack([
      { id: 'T-O', kind: 'hold', holdKind: 'mediumOptOut' },
      { id: 'T-W', kind: 'hold', holdKind: 'wrongNumber' },
      { id: 'T-B', kind: 'personalBlock' },
    ]),
  ];
  /** one number twice, as a merge leaves it: its second row is deleted */
  const withDuplicate = (row: Row = {}) => {
    const door = aDoor({ packs });
    const debtorId = door.addDebtor({}, [polish, other]);
    const duplicate = { id: 'twin', debtorId, kind: 'mobile', value: polish, status: 'active' };
    const times = { timeZonesJson: '[]', createdAt: 0, deletedAt: tuesday - day };
    insert(door, 'contactPoint', { ...duplicate, ...times, ...row });
    return { door, debtorId };
  };
  const answers = ({ door, debtorId }: ReturnType<typeof withDuplicate>) =>
    [polish, other].map((number) => decide(door, aCall(debtorId, { number })).allowed);
  const block = { daysJson: '["tue"]', fromTime: '09:00', toTime: '17:00', createdAt: 0 };
  const hold = { kind: 'mediumOptOut', since: tuesday - hour };

  test('a duplicate that says nothing restricts nothing', () => {
    expect(answers(withDuplicate())).toEqual([true, true]);
  });

  test.each([
    ['hold', hold],
    ['personalBlock', block],
  ])('a %s of it holds for its number', (table, row) => {
    const rig = withDuplicate();
    insert(rig.door, table, { debtorId: rig.debtorId, contactPointId: 'twin', ...row });
    expect(answers(rig)).toEqual([false, true]);
  });

  test.each([
    ['a status', { status: 'wrongNumber' }],
    ['hours', { hoursJson: '[{"days":["tue"],"from":"18:00","to":"20:00"}]' }],
  ])('%s of it counts for its number', (_what, row) => {
    expect(answers(withDuplicate(row))).toEqual([false, true]);
  });

  test.each([
    ['hold', hold],
    ['personalBlock', block],
  ])('a %s of an address that nobody can find holds for every one', (table, row) => {
    const rig = withDuplicate();
    insert(rig.door, table, { debtorId: rig.debtorId, contactPointId: 'gone', ...row });
    expect(answers(rig)).toEqual([false, false]);
  });

  test('a consent of it opens its number, one of an address that nobody can find opens none', () => {
    const gate = { id: 'T-C', kind: 'consent', consentKind: 'express', scope: ['person'] };
    const ask = (contactPointId: string) => {
      const door = aDoor({ packs: [aPack([{ ...gate, proof: true }])] });
      const debtorId = door.addDebtor({}, [polish, other]);
      const row = { id: 'twin', debtorId, kind: 'mobile', value: polish, status: 'active' };
      insert(door, 'contactPoint', { ...row, timeZonesJson: '[]', createdAt: 0, deletedAt: 1 });
      const given = { givenAt: tuesday - hour, source: 'letter', createdAt: 0 };
      insert(door, 'consent', { debtorId, kind: 'automatedCalls', contactPointId, ...given });
      return answers({ door, debtorId });
    };
    expect([ask('twin'), ask('gone')]).toEqual([
      [true, false],
      [false, false],
    ]);
  });
});

describe('consents in the words of packs', () => {
  const gate = (consentKind: string) => ({
    id: 'T-C',
    kind: 'consent',
    channels: ['call', 'sms', 'email'],
    consentKind,
    scope: ['person'],
    proof: true,
  });
  const given = { givenAt: tuesday - hour, source: 'letter', createdAt: 0 };

  test.each([
    ['electronicMessages', 'perMedium', { channel: 'sms' }, 'sms', true],
    ['electronicMessages', 'perMedium', { channel: 'email' }, 'sms', false],
    ['electronicMessages', 'perMedium', {}, 'sms', false],
    ['electronicMessages', 'perMedium', { withdrawnAt: tuesday - 1 }, 'sms', false],
    ['electronicMessages', 'perMedium', { contactPointId: 'debtor-1 +48601234568' }, 'sms', false],
    ['electronicMessages', 'perMedium', { channel: 'pigeon' }, 'sms', false],
    ['automatedCalls', 'express', {}, 'call', true],
    ['automatedCalls', 'massCall', {}, 'call', true],
    ['thirdParty', 'thirdPersonBoth', {}, 'call', true],
    ['marketing', 'marketing', {}, 'call', true],
    ['dataProcessing', 'marketing', {}, 'call', false],
  ] as const)(
    '%s for the gate %s with %o on %s',
    (kind, consentKind, columns, channel, allowed) => {
      const door = aDoor({ packs: [aPack([gate(consentKind)])] });
      const debtorId = door.addDebtor({}, [polish, '+48601234568']);
      insert(door, 'consent', { debtorId, kind, ...given, ...columns });
      expect(decide(door, aCall(debtorId, { channel })).allowed).toBe(allowed);
    },
  );

  test('an address of an e-mail consents for itself alone', () => {
    const door = aDoor({ packs: [aPack([gate('perMedium')])] });
    const debtorId = door.addDebtor();
    const address = (value: string) =>
      door.store.runNow((db) =>
        db.insert('contactPoint', {
          id: value,
          debtorId,
          kind: 'email',
          value,
          status: 'active',
          timeZonesJson: '[]',
          createdAt: 0,
        }),
      );
    address('one@example.com');
    address('two@example.com');
    insert(door, 'consent', {
      debtorId,
      kind: 'electronicMessages',
      contactPointId: 'one@example.com',
      ...given,
    });
    const ask = (contactPointId?: string) =>
      decide(door, {
        debtorId,
        channel: 'email',
        mode: 'manual',
        purpose: 'collection',
        target: 'debtor',
        ...(contactPointId === undefined ? {} : { contactPointId }),
      }).allowed;
    expect([ask('one@example.com'), ask('two@example.com'), ask()]).toEqual([true, false, false]);
  });

  test('direct consent lifts a cap for seven days, the first included', () => {
    const unless = [
      { type: 'directConsent', scope: ['person'], lasts: 'P30D', firstDayCounts: true },
    ];
    const door = aDoor({ packs: [aPack([aCap('T-1', 0, 1, { unless })])] });
    const debtorId = door.addDebtor();
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
    insert(door, 'consent', { debtorId, kind: 'directConsent', ...given });
    expect(decide(door, aCall(debtorId)).allowed).toBe(true);
    door.pass(6 * day);
    expect(decide(door, aCall(debtorId)).allowed).toBe(true);
    door.pass(day);
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
  });

  test.each([
    ['otherHours', 'hours'],
    ['otherFrequency', 'frequency'],
  ])('%s is an agreement about %s', (kind, field) => {
    const unless = [{ type: 'agreement', field }];
    const door = aDoor({ packs: [aPack([aCap('T-1', 0, 1, { unless })])] });
    const debtorId = door.addDebtor();
    insert(door, 'consent', { debtorId, kind, ...given, channel: 'sms' });
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
    insert(door, 'consent', { debtorId, kind, ...given });
    expect(decide(door, aCall(debtorId)).allowed).toBe(true);
  });
});

describe('notices', () => {
  const rule = {
    id: 'T-N',
    kind: 'firstNotice',
    mustHaveSent: 'firstClaimInTextForm',
    blocksUntilSent: true,
  };

  test('that were recorded by hand open the gate for their debt', () => {
    const door = aDoor({ packs: [aPack([rule])] });
    const debtorId = door.addDebtor();
    const notice = { notice: 'firstClaimInTextForm', sentAt: tuesday - day, source: 'creditor' };
    insert(door, 'noticeSent', { debtorId, debtId: 'debt-1', ...notice, createdAt: 0 });
    const first = decide(door, aCall(debtorId, { debtId: 'debt-2' }));
    expect(because(first)).toEqual(['firstNotice']);
    expect(first.obligations).toEqual([
      { rule: 'T-N', pack: 'test', what: 'firstNotice', element: 'firstClaimInTextForm' },
    ]);
    expect(decide(door, aCall(debtorId, { debtId: 'debt-1' })).allowed).toBe(true);
  });

  test.each([
    ['demandForPayment', tuesday - day, true],
    ['demandForPayment', null, false],
    ['balanceStatement', tuesday - day, false],
  ])('a letter of kind %s sent at %s', (kind, sentAt, allowed) => {
    const door = aDoor({ packs: [aPack([rule])] });
    const debtorId = door.addDebtor();
    const template = { id: 'template', name: 'L', kind, language: 'pl', version: 1 };
    door.store.runNow((db) => {
      db.insert('letterTemplate', { ...template, bodyJson: '{}', updatedAt: 0 });
      db.insert('document', {
        id: 'letter',
        debtorId,
        kind: 'letter',
        name: 'L',
        mediaType: 'application/pdf',
        bytes: 1,
        sha256: '',
        fileName: '',
        templateId: 'template',
        createdAt: 0,
        sentAt,
      });
    });
    expect(decide(door, aCall(debtorId)).allowed).toBe(allowed);
  });
});

describe('what nobody told us', () => {
  const portfolio = (door: Door, priorContact: string) => {
    const row = {
      id: 'p',
      name: 'P',
      creditorName: 'C',
      priorContact,
      createdAt: 0,
    };
    door.store.runNow((db) => db.insert('portfolio', row));
  };

  test.each([
    ['unknown', 2],
    ['none', 4],
    ['imported', 4],
  ])('a portfolio whose former contacts are %s leaves %i of four', (priorContact, left) => {
    const door = aDoor({ packs: [aPack([aCap('T-1', 4, 7)])] });
    portfolio(door, priorContact);
    const debtorId = door.addDebtor({ portfolioId: 'p', createdAt: tuesday - hour });
    const answers = Array.from({ length: 5 }, () => door.reserve(aCall(debtorId)).allowed);
    expect(answers.filter(Boolean)).toHaveLength(left);
  });

  test('made-up debtors have no former agency', () => {
    const door = aDoor({
      storeKind: 'practice',
      packs: [aPack([aCap('T-1', 4, 7)], { practice: true })],
    });
    portfolio(door, 'unknown');
    const debtorId = door.addDebtor({ portfolioId: 'p', createdAt: tuesday - hour }, []);
    const answer = door.rules.check(
      door.store.read,
      aCall(debtorId, { channel: 'visit' }),
      tuesday,
    );
    expect(answer.blockedBy).toEqual([]);
    expect(answer.historyFrom).toBeNull();
  });
});

describe('no other chance than the weekend', () => {
  const weekend = {
    id: 'T-H',
    kind: 'hours',
    calendar: 'PL',
    week: { mon: [['06:00', '22:00']] },
    weekWhen: { fact: 'noWeekdayReach', week: { sat: [['08:00', '20:00']] } },
  };
  const saturday = Date.parse('2026-11-28T10:00:00+01:00');
  const tried = (door: Door, debtorId: string, days: readonly number[], columns: Row = {}) => {
    for (const back of days) {
      insert(door, 'contactEvent', {
        at: saturday - back * day,
        kind: 'attempt',
        direction: 'out',
        channel: 'call',
        debtorId,
        number: polish,
        ...columns,
      });
    }
  };

  test.each([
    ['three different working days', [1, 2, 3], {}, true],
    ['two working days', [1, 2], {}, false],
    ['the same day of three weeks', [1, 8, 15], {}, false],
    ['working days long ago', [31, 32, 33], {}, false],
    ['a number that never connected', [1, 2, 3], { flagsJson: '["notConnected"]' }, false],
  ])('after %s', (_what, days, columns, allowed) => {
    const door = aDoor({ packs: [aPack([weekend])], at: saturday });
    const debtorId = door.addDebtor();
    tried(door, debtorId, days, columns);
    expect(decide(door, aCall(debtorId)).allowed).toBe(allowed);
  });

  test('not when somebody answered once', () => {
    const door = aDoor({ packs: [aPack([weekend])], at: saturday });
    const debtorId = door.addDebtor();
    tried(door, debtorId, [1, 2, 3]);
    tried(door, debtorId, [2], { kind: 'conversation', direction: 'in' });
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
  });
});

describe('who was reached', () => {
  test('is written with what came of a contact, and counts for persons who may be contacted once', () => {
    const once = {
      id: 'T-A',
      kind: 'addressee',
      targets: ['thirdParty'],
      maxContacts: 1,
      allowedTopics: ['location', 'callback'],
    };
    const door = aDoor({ packs: [aPack([once])] });
    const debtorId = door.addDebtor();
    const third = aCall(debtorId, { target: 'thirdParty' });
    const first = door.reserve(third, 'call-9');
    expect(first.obligations).toEqual([
      { rule: 'T-A', pack: 'test', what: 'limitedTopics', element: 'location' },
      { rule: 'T-A', pack: 'test', what: 'limitedTopics', element: 'callback' },
    ]);
    door.store.runNow((db, context) =>
      door.rules.recordContactEvents(db, context, {
        callId: 'call-9',
        kinds: ['conversation'],
        direction: 'out',
      }),
    );
    expect(door.store.read.all('SELECT kind, target FROM contactEvent ORDER BY id')).toEqual([
      { kind: 'attempt', target: 'thirdParty' },
      { kind: 'conversation', target: 'thirdParty' },
    ]);
    // a year later it is still the second contact
    door.pass(300 * day);
    expect(because(decide(door, third))).toEqual(['addressee']);
  });
});

describe('contracts of creditors', () => {
  test('apply to the debt that a contact is about, and to any when it is not known', () => {
    const contract = aPack([aCap('T-K', 0)], { id: 'contract', creditors: ['Bank  One'] });
    const door = aDoor({ packs: [aPack([aCap('T-1', 9)]), contract] });
    const debtorId = door.addDebtor();
    const debt = (id: string, creditorName: string, status = 'open') =>
      insert(door, 'debt', {
        id,
        debtorId,
        externalRef: id,
        creditorName,
        status,
        debtKind: 'loan',
        currency: 'PLN',
        principalMinor: 1,
        balanceMinor: 1,
        createdAt: 0,
      });
    debt('of-two', 'Bank Two');
    debt('closed', 'Bank One', 'closed');
    expect(decide(door, aCall(debtorId)).allowed).toBe(true);
    debt('of-one', 'bank one');
    expect(decide(door, aCall(debtorId)).allowed).toBe(false);
    expect(decide(door, aCall(debtorId, { debtId: 'of-two' })).allowed).toBe(true);
    expect(decide(door, aCall(debtorId, { debtId: 'of-one' })).allowed).toBe(false);
  });
});
