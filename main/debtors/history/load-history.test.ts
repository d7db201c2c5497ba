import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interaction as interactionSchema } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebtor, addPortfolio } from '../debtors.fixture.ts';
import {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
  type NewInteraction,
} from './interaction-writes.ts';
import { loadFacets } from './load-facets.ts';
import { loadHistory, loadInteraction } from './load-history.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

let store: TestStore;
let debtorId: string;
beforeEach(() => {
  store = openTestStore();
  debtorId = store.runNow((db, context) =>
    addDebtor(db, context, { portfolioId: addPortfolio(db, context) }),
  );
});
afterEach(() => store.close());

function add(overrides: Partial<NewInteraction>, text?: string): string {
  return store.runNow((db, context) => {
    const id = insertInteraction(db, context, {
      debtorId,
      channel: 'note',
      direction: 'out',
      at: NOON,
      ...overrides,
    });
    if (text !== undefined) addInteractionContent(db, context, id, 'note', text);
    return id;
  });
}

const search = (text: string) =>
  loadHistory(store.read, { debtorId, limit: 50, search: text }).items.map((item) => item.text);

describe('history', () => {
  it('tells the whole of a call: agent, result, verdict, promise, recording', () => {
    const { personId, callId, recordingId, id } = store.runNow((db, context) => {
      const ids = {
        personId: context.newId(),
        callId: context.newId(),
        recordingId: context.newId(),
      };
      db.insert('person', {
        id: ids.personId,
        displayName: 'Анна Смирнова',
        role: 'agent',
        sipUser: 'anna',
        createdAt: NOON,
      });
      const interactionId = insertInteraction(db, context, {
        debtorId,
        channel: 'call',
        direction: 'out',
        at: NOON,
        callId: ids.callId,
        peer: '+48501234567',
      });
      addInteractionEvent(db, context, interactionId, 'joined', {}, ids.personId);
      addInteractionEvent(db, context, interactionId, 'callEnded', {
        attemptResult: 'answered',
        talkTimeMs: 61_000,
      });
      addInteractionEvent(db, context, interactionId, 'disposed', { dispositionCode: 'other' });
      addInteractionEvent(db, context, interactionId, 'disposed', { dispositionCode: 'promise' });
      db.insert('promiseToPay', {
        id: context.newId(),
        debtorId,
        interactionId,
        amountMinor: 5000,
        currency: 'PLN',
        dueOn: '2026-12-01',
        status: 'open',
        createdAt: NOON,
      });
      db.insert('recording', {
        id: ids.recordingId,
        callId: ids.callId,
        fileName: 'a.rec',
        startedAt: NOON,
        state: 'complete',
      });
      return { ...ids, id: interactionId };
    });
    const item = loadInteraction(store.read, id);
    expect(item).toMatchObject({
      personId,
      agentName: 'Анна Смирнова',
      attemptResult: 'answered',
      talkTimeMs: 61_000,
      dispositionCode: 'promise',
      promise: { amountMinor: 5000, currency: 'PLN', dueOn: '2026-12-01' },
      recordingId,
      peer: '+48501234567',
    });
    expect(callId).toBeDefined();
    expect(interactionSchema.safeParse(item).error).toBeUndefined();
    expect(loadHistory(store.read, { debtorId, limit: 5, search: 'смирнова' }).items).toHaveLength(
      1,
    );
    expect(loadHistory(store.read, { debtorId, limit: 5, search: '501 234' }).items).toHaveLength(
      1,
    );
  });

  it('pages from the newest to the oldest without gap or repeat, also within one instant', () => {
    const added = Array.from({ length: 7 }, (_, index) => add({ at: NOON + (index >> 1) }));
    const seen: string[] = [];
    let page = loadHistory(store.read, { debtorId, limit: 3 });
    seen.push(...page.items.map((item) => item.interactionId));
    while (page.more) {
      page = loadHistory(store.read, { debtorId, limit: 3, before: seen.at(-1) });
      seen.push(...page.items.map((item) => item.interactionId));
    }
    expect(seen).toEqual(added.reverse());
  });

  it('keeps to the channels that are asked for', () => {
    add({ channel: 'call' });
    const note = add({ channel: 'note' });
    const { items } = loadHistory(store.read, { debtorId, limit: 50, channels: ['note', 'sms'] });
    expect(items.map((item) => item.interactionId)).toEqual([note]);
  });

  it('finds text without case and diacritics, in any script', () => {
    add({}, 'Zapłaci w środę');
    add({ at: NOON - 1 }, 'Обещал заплатить');
    expect(search('ZAPLACI W SRODE')).toEqual(['Zapłaci w środę']);
    expect(search('ОБЕЩАЛ')).toEqual(['Обещал заплатить']);
    expect(search('100%')).toEqual([]);
  });

  it('does not show or find what was erased', () => {
    const id = add({}, 'tajne');
    store.runNow((db) => {
      const content = db.get<{ id: string }>(
        'SELECT id FROM interactionContent WHERE interactionId = ?',
        id,
      );
      db.update('interactionContent', content!.id, { text: null, erasedAt: NOON });
    });
    expect(search('tajne')).toEqual([]);
    expect(loadInteraction(store.read, id)?.text).toBeNull();
  });

  it('refuses a position in another history', () => {
    expect(() => loadHistory(store.read, { debtorId, limit: 5, before: 'elsewhere' })).toThrow(
      expect.objectContaining({ code: 'contract.not-found' }),
    );
  });

  it('is filtered by direction, person, campaign, debt, days of the debtor and recordings', () => {
    const ids = store.runNow((db, context) => {
      const person = (displayName: string) => {
        const id = context.newId();
        db.insert('person', { id, displayName, role: 'agent', sipUser: displayName, createdAt: 1 });
        return id;
      };
      const [ewa, jan] = [person('Ewa'), person('Jan')];
      const campaignId = context.newId();
      db.insert('campaign', {
        ...{ id: campaignId, name: 'Week', portfolioId: 'p', status: 'running' },
        ...{ settingsJson: '{}', createdAt: 1 },
      });
      return { ewa, jan, campaignId, debt: context.newId(), callId: context.newId() };
    });
    const note = add({ personId: ids.ewa, debtId: ids.debt });
    const sms = add({ channel: 'sms', direction: 'in', campaignId: ids.campaignId, at: NOON - 1 });
    // 23:30 in Warsaw, still the 23rd there
    const call = add({ channel: 'call', callId: ids.callId, at: Date.UTC(2026, 10, 23, 22, 30) });
    store.runNow((db, context) => {
      addInteractionEvent(db, context, call, 'joined', {}, ids.jan);
      db.insert('recording', {
        ...{ id: context.newId(), callId: ids.callId, fileName: 'a', startedAt: 1 },
        ...{ durationMs: 900, state: 'complete' },
      });
    });
    const found = (filter: object) =>
      loadHistory(store.read, { debtorId, limit: 50, ...filter }).items.map(
        (item) => item.interactionId,
      );
    expect(found({ direction: 'in' })).toEqual([sms]);
    expect([found({ personId: ids.ewa }), found({ personId: ids.jan })]).toEqual([[note], [call]]);
    expect(found({ campaignId: ids.campaignId })).toEqual([sms]);
    expect(found({ debtId: ids.debt })).toEqual([note]);
    expect(found({ to: '2026-11-23' })).toEqual([call]);
    expect(found({ from: '2026-11-24', to: '2026-11-24' })).toEqual([note, sms]);
    expect(found({ withRecording: true })).toEqual([call]);
    expect(found({ withRecording: true, direction: 'in' })).toEqual([]);
    expect(loadFacets(store.read, debtorId)).toEqual({
      channels: [
        { channel: 'call', count: 1 },
        { channel: 'note', count: 1 },
        { channel: 'sms', count: 1 },
      ],
      people: [
        { personId: ids.ewa, name: 'Ewa' },
        { personId: ids.jan, name: 'Jan' },
      ],
      campaigns: [{ campaignId: ids.campaignId, name: 'Week' }],
    });
  });

  it('tells how far a message came, what was attached, and what happened', () => {
    const id = add({ channel: 'email', direction: 'out' }, 'W załączeniu wezwanie');
    store.runNow((db, context) => {
      addInteractionEvent(db, { ...context, now: 5 }, id, 'sent', {});
      addInteractionEvent(db, { ...context, now: 7 }, id, 'delivered', {});
      const document = {
        ...{ debtorId, interactionId: id, kind: 'demand', mediaType: 'application/pdf', bytes: 9 },
        ...{ sha256: '', fileName: 'f', createdAt: 1 },
      };
      db.insert('document', { id: context.newId(), name: 'wezwanie.pdf', ...document });
      db.insert('document', { id: context.newId(), name: 'erased.pdf', ...document, erasedAt: 2 });
    });
    expect(loadInteraction(store.read, id)).toMatchObject({
      delivery: { state: 'delivered', at: 7 },
      attachments: [{ name: 'wezwanie.pdf', mediaType: 'application/pdf', bytes: 9 }],
      happened: null,
    });
  });

  it('tells of a message its subject, its own files, and the last that was heard of it, whatever clock says when', () => {
    const id = add({ channel: 'email', direction: 'out' });
    store.runNow((db, context) => {
      const content = { interactionId: id, erasedAt: null };
      const texts = { body: 'Szanowni Państwo', subject: 'Plan spłaty', html: '<p>sekret</p>' };
      for (const [kind, text] of Object.entries(texts)) {
        db.insert('interactionContent', { id: context.newId(), kind, text, ...content });
      }
      const event = (kind: string, at: number, data = {}) =>
        db.insert('interactionEvent', {
          ...{ id: context.newId(), interactionId: id, at, kind, dataJson: JSON.stringify(data) },
        });
      event('sent', 9_000);
      event('failed', 4_000, { reason: 'message.bounced', hint: true });
      const [messageId, documentId] = [context.newId(), context.newId()];
      db.insert('message', {
        ...{ id: messageId, channel: 'email', debtorId, interactionId: id, state: 'failed' },
        ...{ toAddress: 'a@b.example', dueAt: 1, queuedAt: 1 },
      });
      db.insert('document', {
        ...{ id: documentId, debtorId, kind: 'letter', name: 'x', mediaType: 'application/pdf' },
        ...{ bytes: 7, sha256: '', fileName: 'f', createdAt: 1 },
      });
      db.insert('messageAttachment', {
        ...{ id: context.newId(), messageId, debtorId, documentId, position: 0, name: 'plan.pdf' },
        ...{ mediaType: 'application/pdf', bytes: 7 },
      });
    });
    const item = loadInteraction(store.read, id);
    expect(item).toMatchObject({
      ...{ subject: 'Plan spłaty', text: 'Szanowni Państwo' },
      delivery: { state: 'failed', at: 4_000, hint: true, reason: 'message.bounced' },
      attachments: [{ name: 'plan.pdf', bytes: 7 }],
    });
    expect(interactionSchema.safeParse(item).error).toBeUndefined();
    expect(search('sekret')).toEqual([]);
    expect(search('plan splaty')).toHaveLength(1);
  });

  it('of 5,000 interactions gives a page, a filtered page and what a text finds in milliseconds', () => {
    store.runNow((db, context) => {
      for (let each = 0; each < 5_000; each += 1) {
        const id = insertInteraction(db, context, {
          ...{
            debtorId,
            channel: each % 3 ? 'call' : 'sms',
            direction: 'out',
            at: NOON - each * 60_000,
          },
        });
        const text =
          each === 4_321
            ? 'Żądał rozłożenia na raty'
            : `Rozmowa numer ${each}, prosi o telefon wieczorem`;
        addInteractionContent(db, context, id, 'note', text);
        addInteractionEvent(db, context, id, 'callEnded', {
          attemptResult: 'answered',
          talkTimeMs: 1,
        });
      }
    });
    const median = (run: () => unknown) => {
      run();
      const times = Array.from({ length: 25 }, () => {
        const startedAt = performance.now();
        run();
        return performance.now() - startedAt;
      }).sort((one, other) => one - other);
      return times[12]!;
    };
    const query = { debtorId, limit: 50 };
    expect(median(() => loadHistory(store.read, query))).toBeLessThan(10);
    expect(median(() => loadHistory(store.read, { ...query, channels: ['sms'] }))).toBeLessThan(10);
    const found = () => loadHistory(store.read, { ...query, search: 'zadal rozlozenia' }).items;
    expect(found()).toHaveLength(1);
    expect(median(found)).toBeLessThan(100);
  });
});
