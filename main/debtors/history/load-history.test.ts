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
});
