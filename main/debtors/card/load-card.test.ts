import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { debtorCard } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
} from '../history/interaction-writes.ts';
import { loadCard, type PermissionsFor } from './load-card.ts';

/** 24 November 2026, 23:30 UTC: already the 25th in Warsaw, still the 24th in New York */
const NOW = Date.UTC(2026, 10, 24, 23, 30);
const yes = {
  allowed: true,
  blockedBy: [],
  nextAllowedAt: null,
  overridable: false,
  override: null,
};
const allowed: PermissionsFor = (_id, points) =>
  points.map(() => ({ permission: yes, messages: [] }));

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => store.close());

const card = (debtorId: string, permissionsFor = allowed) => {
  const loaded = loadCard(store.read, debtorId, { now: NOW, permissionsFor });
  if (!loaded) throw new Error('no card');
  return loaded;
};

describe('the card', () => {
  it('is null for a debtor who is not there', () => {
    expect(loadCard(store.read, 'nobody', { now: NOW, permissionsFor: allowed })).toBeNull();
  });

  it('shows who it is, with the national id masked', () => {
    const debtorId = store.runNow((db, context) =>
      addDebtor(db, context, {
        portfolioId: addPortfolio(db, context),
        displayName: 'Łucja Żółć',
        birthDate: '1980-05-17',
        nationalIdKind: 'PESEL',
        nationalId: '80051712345',
        street: 'ul. Długa 1',
        postalCode: '00-001',
        city: 'Łódź',
      }),
    );
    const loaded = card(debtorId);
    expect(loaded).toMatchObject({
      displayName: 'Łucja Żółć',
      birthYear: 1980,
      nationalIdMasked: '••••••••345',
      address: 'ul. Długa 1, 00-001',
      portfolioName: 'Spring',
      synthetic: false,
      historyTotal: 0,
    });
    expect(debtorCard.safeParse(loaded).error).toBeUndefined();
  });

  it('counts days past due by the date where the debtor lives', () => {
    const [warsaw, newYork] = store.runNow((db, context) => {
      const portfolioId = addPortfolio(db, context);
      return [['Europe/Warsaw'], ['America/New_York']].map((timeZones) => {
        const debtorId = addDebtor(db, context, { portfolioId, timeZones });
        addDebt(db, context, { portfolioId, debtorId, dueOn: '2026-11-24' });
        return debtorId;
      });
    });
    expect(card(warsaw!).debts[0]?.daysPastDue).toBe(1);
    expect(card(newYork!).debts[0]?.daysPastDue).toBeNull();
  });

  it('lists papers and what went out, not drafts of messages that nobody sent', () => {
    const debtorId = store.runNow((db, context) => {
      const owner = addDebtor(db, context, { portfolioId: addPortfolio(db, context) });
      const file = { debtorId: owner, mediaType: 'image/jpeg', bytes: 1, sha256: 'a' };
      const made = { fileName: 'f', keyHex: 'aa', language: 'en', createdAt: NOW };
      const add = (name: string, kind: string) => {
        const id = context.newId();
        db.insert('document', { id, name, kind, ...file, ...made });
        return id;
      };
      add('paper', 'letter');
      add('looked at', 'messageMedia');
      db.insert('messageAttachment', {
        ...{ id: context.newId(), messageId: 'm', debtorId: owner, position: 0 },
        ...{ documentId: add('sent', 'messageMedia'), name: 'sent', mediaType: 'x', bytes: 1 },
      });
      return owner;
    });
    expect(
      card(debtorId)
        .documents.map(({ name }) => name)
        .sort(),
    ).toEqual(['paper', 'sent']);
  });

  it('adds up what is open, for each currency', () => {
    const debtorId = store.runNow((db, context) => {
      const portfolioId = addPortfolio(db, context);
      const id = addDebtor(db, context, { portfolioId });
      const debt = { portfolioId, debtorId: id };
      addDebt(db, context, { ...debt, balanceMinor: 150, dueOn: '2026-11-15' });
      addDebt(db, context, { ...debt, balanceMinor: 250, dueOn: '2026-11-05' });
      addDebt(db, context, { ...debt, balanceMinor: 999, currency: 'EUR', dueOn: null });
      addDebt(db, context, { ...debt, balanceMinor: 0, dueOn: '2020-01-01' });
      return id;
    });
    const loaded = card(debtorId);
    expect(loaded.totals).toEqual([
      { amountMinor: 999, currency: 'EUR' },
      { amountMinor: 400, currency: 'PLN' },
    ]);
    expect(loaded.oldestDaysPastDue).toBe(20);
    expect(loaded.debts.map((debt) => debt.status)).toEqual(['open', 'open', 'open', 'paid']);
  });

  it('asks the door once, about addresses in use only', () => {
    const asked: string[][] = [];
    const debtorId = store.runNow((db, context) => {
      const id = addDebtor(db, context, { portfolioId: addPortfolio(db, context) });
      addPhone(db, context, { debtorId: id, value: '+48501000001' });
      const wrong = addPhone(db, context, { debtorId: id, value: '+48501000002' });
      db.update('contactPoint', wrong, { status: 'wrongNumber' });
      addPhone(db, context, { debtorId: id, value: 'jan@example.com', kind: 'email' });
      return id;
    });
    const no = { ...yes, allowed: false, nextAllowedAt: NOW + 1 };
    const loaded = card(debtorId, (_id, points) => {
      asked.push(points.map(({ value }) => value));
      return points.map(({ kind }) =>
        kind === 'email'
          ? { permission: null, messages: [{ channel: 'email', permission: yes }] }
          : { permission: no, messages: [{ channel: 'sms', permission: no }] },
      );
    });
    expect(asked).toEqual([['+48501000001', 'jan@example.com']]);
    expect(
      loaded.contactPoints.map(({ value, permission, messages }) => [
        value,
        permission?.allowed,
        messages.map(({ channel, permission }) => `${channel} ${permission.allowed}`),
      ]),
    ).toEqual([
      ['+48501000001', false, ['sms false']],
      ['jan@example.com', undefined, ['email true']],
      ['+48501000002', undefined, []],
    ]);
  });

  it('flags holds that are in force', () => {
    const debtorId = store.runNow((db, context) => {
      const id = addDebtor(db, context, { portfolioId: addPortfolio(db, context) });
      const hold = (kind: string, columns: object) =>
        db.insert('hold', { id: context.newId(), debtorId: id, kind, since: NOW - 10, ...columns });
      hold('dispute', {});
      hold('lawyer', { until: NOW + 1 });
      hold('cease', { until: NOW });
      hold('objection', { liftedAt: NOW - 5 });
      hold('breathingSpace', { since: NOW - 61 * 86_400_000, maxDays: 60 });
      return id;
    });
    expect(card(debtorId).flags).toEqual(['dispute', 'lawyer']);
  });

  it('names the earliest of callback, promise and attempt as next', () => {
    const debtorId = store.runNow((db, context) => {
      const portfolioId = addPortfolio(db, context);
      const id = addDebtor(db, context, { portfolioId });
      const campaignId = context.newId();
      db.insert('campaign', {
        id: campaignId,
        name: 'Week 48',
        portfolioId,
        status: 'running',
        settingsJson: '{}',
        createdAt: NOW,
      });
      db.insert('contactListEntry', {
        id: context.newId(),
        campaignId,
        debtorId: id,
        status: 'pending',
        position: 1,
        updatedAt: NOW,
      });
      return id;
    });
    expect(card(debtorId).nextAction).toEqual({ kind: 'attempt', at: null });
    const own = { debtorId, status: 'open', createdAt: NOW };
    store.runNow((db, context) =>
      db.insert('promiseToPay', {
        ...own,
        id: context.newId(),
        amountMinor: 5000,
        currency: 'PLN',
        dueOn: '2026-12-01',
      }),
    );
    expect(card(debtorId).nextAction).toEqual({ kind: 'promise', at: Date.UTC(2026, 11, 1) });
    store.runNow((db, context) =>
      db.insert('callback', { ...own, id: context.newId(), at: NOW + 60_000 }),
    );
    expect(card(debtorId).nextAction).toEqual({ kind: 'callback', at: NOW + 60_000 });
    expect(card(debtorId).promises).toHaveLength(1);
  });

  it('tells of messages that are to leave later, but not of those that leave now', () => {
    const debtorId = store.runNow((db, context) => {
      const id = addDebtor(db, context, { portfolioId: addPortfolio(db, context) });
      const message = {
        channel: 'sms',
        debtorId: id,
        toAddress: 'x',
        state: 'queued',
        queuedAt: NOW,
      };
      db.insert('message', { id: context.newId(), ...message, dueAt: NOW });
      db.insert('message', { id: context.newId(), ...message, dueAt: NOW + 60_000 });
      return id;
    });
    expect(card(debtorId).planned).toMatchObject([{ kind: 'message', at: NOW + 60_000 }]);
    expect(card(debtorId).nextAction).toEqual({ kind: 'none', at: null });
  });

  it('says that nothing is planned', () => {
    const debtorId = store.runNow((db, context) =>
      addDebtor(db, context, { portfolioId: addPortfolio(db, context) }),
    );
    expect(card(debtorId).nextAction).toEqual({ kind: 'none', at: null });
  });

  it('comes in well under 10 ms (median here) with 200 interactions behind it', () => {
    const debtorId = store.runNow((db, context) => {
      const portfolioId = addPortfolio(db, context);
      const id = addDebtor(db, context, { portfolioId });
      for (let each = 0; each < 5; each += 1) addDebt(db, context, { portfolioId, debtorId: id });
      for (let each = 0; each < 200; each += 1) {
        const interactionId = insertInteraction(db, context, {
          debtorId: id,
          channel: 'call',
          direction: 'out',
          at: NOW - each * 1000,
          callId: context.newId(),
        });
        addInteractionEvent(db, context, interactionId, 'callEnded', {
          attemptResult: 'answered',
          talkTimeMs: 1000,
        });
        addInteractionContent(db, context, interactionId, 'note', 'rozmowa');
      }
      return id;
    });
    card(debtorId);
    const times = Array.from({ length: 200 }, () => {
      const startedAt = performance.now();
      card(debtorId);
      return performance.now() - startedAt;
    }).sort((one, other) => one - other);
    expect(card(debtorId).history).toHaveLength(50);
    expect(card(debtorId).historyTotal).toBe(200);
    expect(times[100]).toBeLessThan(10);
  });
});
