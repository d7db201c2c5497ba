import { describe, expect, it } from 'vitest';
import { createDrafts, type Draft } from './drafts.ts';

function setUp() {
  const saved: [string, Draft | null][] = [];
  const timers: (() => void)[] = [];
  const drafts = createDrafts(
    {
      save: async (key, draft) => {
        saved.push([key, draft]);
      },
    },
    {
      setTimer: (_delayMs, callback) => {
        timers.push(callback);
        return () => undefined;
      },
    },
  );
  const tick = (): void => {
    for (const timer of timers.splice(0)) timer();
  };
  return { drafts, saved, tick };
}

describe('forms that were begun', () => {
  it('are kept beside the note, and with it outlive the window', () => {
    const { drafts, saved, tick } = setUp();
    drafts.change('d', { note: 'half a' });
    drafts.changeForm('d', 'plan', { count: '6' }, 'Anna');
    tick();
    expect(saved).toEqual([
      ['d', expect.objectContaining({ note: 'half a', forms: { plan: { count: '6' } } })],
    ]);
    expect(drafts.get('d').title).toBe('Anna');
  });

  it('stay when the outcome of a call is recorded; what went with it goes', () => {
    const { drafts } = setUp();
    drafts.change('d', { note: 'said', callbackAt: '2026-11-28T10:00', title: 'Anna' });
    drafts.changeForm('d', 'plan', { count: '6' });
    drafts.settle('d');
    expect(drafts.get('d')).toMatchObject({
      note: '',
      callbackAt: null,
      forms: { plan: { count: '6' } },
      title: 'Anna',
    });
  });

  it('leave nothing behind when they are saved or thrown away', () => {
    const { drafts } = setUp();
    drafts.changeForm('d', 'plan', { count: '6' });
    drafts.changeForm('d', 'flag', { kind: 'dispute' });
    drafts.changeForm('d', 'plan', null);
    expect(drafts.get('d').forms).toEqual({ flag: { kind: 'dispute' } });
    drafts.changeForm('d', 'flag', null);
    expect(drafts.store.getState().byKey).toEqual({});
  });

  it('leave nothing behind when the outcome was all there was', () => {
    const { drafts } = setUp();
    drafts.change('d', { note: 'said' });
    drafts.settle('d');
    expect(drafts.store.getState().byKey).toEqual({});
  });
});
