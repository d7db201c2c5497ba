import { afterEach, describe, expect, it } from 'vitest';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebtor, openOutboxRig, settle } from './outbox.fixture.ts';
import { RuleChanges } from './rule-changes.ts';

type Rig = Awaited<ReturnType<typeof openOutboxRig>>;
const open: TestStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

function hold(debtorId: string, since = 0) {
  return (db: WriteDb, context: WriteContext) =>
    db.insert('hold', {
      id: context.newId(),
      debtorId,
      kind: 'mediumOptOut',
      medium: 'sms',
      since,
    });
}

function insertDebtor(db: WriteDb, id: string): void {
  db.insert('debtor', {
    id,
    externalRef: id,
    kind: 'person',
    displayName: 'Made Up',
    searchName: 'made up',
    language: 'pl',
    jurisdiction: 'PL',
    timeZonesJson: '[]',
    synthetic: 1,
    createdAt: 0,
  });
}

function aStore() {
  const store = openTestStore();
  open.push(store);
  const [, second] = ['d-1', 'd-2'].map((id) => addDebtor(store, { id }));
  const changes = new RuleChanges(store.read);
  const { position } = changes;
  const concerned = () => ['d-1', 'd-2'].filter((id) => changes.concerns(id, position));
  return { store, changes, concerned, secondPoint: second?.contactPointId ?? '' };
}

describe('changes that the door may refuse for', () => {
  it('are none while nothing or something else is written', () => {
    const { store, concerned } = aStore();
    expect(concerned()).toEqual([]);
    store.runNow((db) => db.insert('setting', { id: 'x', valueJson: '1', updatedAt: 0 }));
    expect(concerned()).toEqual([]);
  });

  it('a hold may concern everybody: a person has several records', () => {
    const { store, concerned } = aStore();
    store.runNow(hold('d-1'));
    expect(concerned()).toEqual(['d-1', 'd-2']);
  });

  it('an address concerns its debtor', () => {
    const { store, concerned, secondPoint } = aStore();
    store.runNow((db) => db.update('contactPoint', secondPoint, { status: 'wrongNumber' }));
    expect(concerned()).toEqual(['d-2']);
  });

  it('are seen in chunks too', () => {
    const { store, concerned } = aStore();
    store.runNow((db, context) => {
      const chunk = db.beginChunk('replies');
      hold('d-1')(db, context);
      chunk.end();
    });
    expect(concerned()).toEqual(['d-1', 'd-2']);
  });

  it('are not what an import adds, nor what is known already', () => {
    const { store, changes, concerned } = aStore();
    store.runNow((db) => {
      const chunk = db.beginChunk('import');
      insertDebtor(db, 'd-3');
      const point = { kind: 'mobile', value: '+48100000003', status: 'active', createdAt: 0 };
      db.insert('contactPoint', {
        id: 'point-d-3',
        debtorId: 'd-3',
        timeZonesJson: '[]',
        ...point,
      });
      chunk.end();
    });
    expect(concerned()).toEqual([]);
    store.runNow(hold('d-1'));
    const { position } = changes;
    expect(changes.concerns('d-1', position)).toBe(false);
  });

  it('of very many debtors concern everybody', () => {
    const { store, changes, concerned } = aStore();
    for (let index = 0; index < 2_001; index += 1) {
      const id = `many-${index}`;
      store.runNow((db) => insertDebtor(db, id));
      changes.concerns(null, 0);
    }
    expect(concerned()).toEqual(['d-1', 'd-2']);
  });
});

describe('a message that was permitted a moment ago', () => {
  /** A slow gateway: of two that are put down, the second is permitted and waits for its turn. */
  async function aWaiting(rig: Rig) {
    const debtors = [rig.addDebtor(), rig.addDebtor()];
    const send = rig.bulks.handlers['message.send-many'];
    const input = { templateId: 'template-1', name: 'All', scope: {}, perMinute: null };
    const bulk = await send?.(input as never, lead);
    await rig.bulks.settled();
    await settle();
    const waiting = rig.store.read.get<{ id: string; debtorId: string }>(
      `SELECT id, debtorId FROM message WHERE state = 'permitted'`,
    );
    expect(rig.fake.sent).toHaveLength(1);
    const other = debtors.find(({ debtorId }) => debtorId !== waiting?.debtorId);
    const messageBulkId = String(bulk?.messageBulkId);
    return {
      messageId: waiting?.id ?? '',
      debtorId: waiting?.debtorId ?? '',
      other,
      messageBulkId,
    };
  }
  const lead = {
    principal: { personId: 'lead-1', displayName: 'Lead', role: 'lead' } as never,
    connectionId: 'c',
    commandId: null,
  };
  async function pass(rig: Rig) {
    for (let step = 0; step < 15; step += 1) {
      rig.clock.advance(100);
      await settle(10);
    }
  }

  it('is stopped by a hold that was set before it was handed over', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 1 });
    const { messageId, debtorId } = await aWaiting(rig);
    rig.store.runNow(hold(debtorId, rig.clock.now()));
    await pass(rig);
    expect(rig.fake.sent).toHaveLength(1);
    expect(rig.state(messageId)).toMatchObject({ state: 'failed', detail: 'hold' });
    const released = rig.store.read.all(
      `SELECT id FROM contactEvent WHERE debtorId = ? AND reservation = 'released'`,
      debtorId,
    );
    expect(released).toHaveLength(1);
  });

  it('and not by one that concerns somebody else', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 1 });
    const { messageId, other } = await aWaiting(rig);
    rig.store.runNow(hold(other?.debtorId ?? '', rig.clock.now()));
    await pass(rig);
    expect(rig.fake.sent).toHaveLength(2);
    expect(rig.state(messageId).state).toBe('sent');
  });

  it('is cancelled with what it is part of', async () => {
    const rig = await openOutboxRig({ maxPerSecond: 1 });
    const { messageId, messageBulkId } = await aWaiting(rig);
    const cancel = rig.bulks.handlers['message.cancel-many'];
    await cancel?.({ messageBulkId: messageBulkId as never }, lead);
    await pass(rig);
    expect(rig.fake.sent).toHaveLength(1);
    expect(rig.state(messageId).state).toBe('cancelled');
  });
});
