import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aCall, aDoor, polish, tuesday } from '../door/door.fixture.ts';
import { createOptOutWrites, unclearReason } from './opt-out-writes.ts';
import { createReplyReader } from './read-reply.ts';
import { loadReplyWords } from './reply-words.ts';

const readReply = createReplyReader(
  loadReplyWords(join(import.meta.dirname, '../../../resources/opt-out')),
);
const reply1 = '00000000-0000-4000-8000-000000000001';
const reply2 = '00000000-0000-4000-8000-000000000002';

function aStore() {
  const door = aDoor();
  const traces: { kind: string; note: string | null }[] = [];
  const writes = createOptOutWrites((_db, _context, { kind, note }) => traces.push({ kind, note }));
  const debtorId = door.addDebtor();
  const apply = (
    text: string,
    interactionId: string | null = reply1,
    contactPointId: string | null = null,
  ) =>
    door.store.runNow((db, context) =>
      writes['optOut.apply'](db, context, {
        debtorId,
        contactPointId,
        channel: 'sms',
        reading: readReply(text, { channel: 'sms' }),
        interactionId,
      }),
    ).holdIds.length;
  const holds = () =>
    door.store.read.all<Record<string, unknown>>(
      'SELECT kind, medium, contactPointId, reason, "until" FROM hold ORDER BY medium',
    );
  const refuses = (channel: 'sms' | 'mms' | 'call' | 'voiceMessage' | 'email') =>
    !door.rules.decide(door.store.read, aCall(debtorId, { channel }), tuesday).allowed;
  return { ...door, debtorId, apply, holds, traces, refuses, point: `${debtorId} ${polish}` };
}

describe('a reply that asks to be left alone', () => {
  test('in one medium: that medium is held from this moment, pictures with it, another is not', () => {
    const { apply, holds, refuses } = aStore();
    expect(refuses('sms')).toBe(false);
    expect(refuses('mms')).toBe(false);
    expect(apply('stop texting me')).toBe(2);
    expect(holds()).toEqual(
      ['mms', 'sms'].map((medium) => ({
        kind: 'mediumOptOut',
        medium,
        contactPointId: null,
        reason: 'stop texting',
        until: null,
      })),
    );
    expect(refuses('sms')).toBe(true);
    expect(refuses('mms')).toBe(true);
    expect(refuses('call')).toBe(false);
  });

  test('in two: holds and one line for each', () => {
    const { apply, holds, traces, refuses } = aStore();
    expect(apply('nie dzwońcie i nie piszcie')).toBe(4);
    expect(holds().map(({ medium }) => medium)).toEqual(['call', 'mms', 'sms', 'voiceMessage']);
    expect(refuses('voiceMessage')).toBe(true);
    expect(traces.map(({ kind }) => kind)).toEqual(['mediumOptOut', 'mediumOptOut']);
  });

  test('at all: everything is held', () => {
    const { apply, holds, refuses } = aStore();
    apply('do not contact me at all');
    expect(holds()).toMatchObject([{ kind: 'cease', medium: null }]);
    expect(refuses('call')).toBe(true);
    expect(refuses('sms')).toBe(true);
  });

  test('on this number: that number in every medium; the medium when it is not on record', () => {
    const known = aStore();
    known.apply('remove my number', reply1, known.point);
    expect(known.holds()).toMatchObject([{ medium: null, contactPointId: known.point }]);
    expect(known.refuses('call')).toBe(true);
    const unknown = aStore();
    unknown.apply('remove my number');
    expect(unknown.holds()).toMatchObject([
      { medium: 'mms', contactPointId: null },
      { medium: 'sms', contactPointId: null },
    ]);
  });
});

describe('a reply that is not plain', () => {
  test('holds its channel without an end, until a person lifts it', () => {
    const { apply, holds, refuses, store } = aStore();
    expect(apply('this is harassment')).toBe(2);
    expect(holds()).toMatchObject([
      { medium: 'mms', reason: unclearReason, until: null },
      { medium: 'sms', reason: unclearReason, until: null },
    ]);
    expect(refuses('sms')).toBe(true);
    expect(refuses('call')).toBe(false);
    store.runNow((db, { now }) => {
      for (const { id } of db.all<{ id: string }>('SELECT id FROM hold')) {
        db.update('hold', id, { liftedAt: now });
      }
    });
    expect(refuses('sms')).toBe(false);
    // the same reply, read once more, does not bring it back
    expect(apply('this is harassment')).toBe(0);
    expect(refuses('sms')).toBe(false);
  });

  test('does not stand for a plain one that comes later', () => {
    const { apply, holds } = aStore();
    apply('leave me alone');
    expect(apply('STOP', reply2)).toBe(2);
    expect(holds().map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([unclearReason, 'STOP']),
    );
  });
});

describe('once', () => {
  test('the same reply twice, and a second that asks for what is held: held once, one line', () => {
    const { apply, holds, traces } = aStore();
    expect(apply('STOP')).toBe(2);
    expect(apply('STOP')).toBe(0);
    expect(apply('stop texting me', reply2)).toBe(0);
    expect(holds().map(({ medium }) => medium)).toEqual(['mms', 'sms']);
    expect(traces).toEqual([{ kind: 'mediumOptOut', note: 'STOP' }]);
  });

  test('the ids of holds have the shape of ids', () => {
    const { apply, store } = aStore();
    apply('STOP');
    const { id } = store.read.get<{ id: string }>('SELECT id FROM hold')!;
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('a harmless reply changes nothing', () => {
    const { apply, holds, traces } = aStore();
    expect(apply('I will pay on Friday')).toBe(0);
    expect([...holds(), ...traces]).toEqual([]);
  });
});

test('a debtor that is gone is refused', () => {
  const { apply, store, debtorId } = aStore();
  store.runNow((db, { now }) => db.update('debtor', debtorId, { deletedAt: now }));
  expect(() => apply('STOP')).toThrow('no such debtor');
});
