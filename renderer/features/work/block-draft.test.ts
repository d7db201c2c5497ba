import { describe, expect, it } from 'vitest';
import { createI18n } from '../../app/i18n.ts';
import { aCard, anId } from '../../testing/fixtures.ts';
import { blockNeed, blockPresets, blocksOf, emptyBlock } from './block-draft.ts';
import { blockText } from './block-text.ts';

const t = createI18n('en').t;

describe('what people say most', () => {
  it('is one key each, and names the work number where there is one', () => {
    const presets = blockPresets(aCard(), null);
    expect(presets.map(({ id }) => id)).toEqual([
      'mornings',
      'workHours',
      'evenings',
      'weekends',
      'workNumber',
    ]);
    expect(new Set(presets.map(({ key }) => key)).size).toBe(presets.length);
    expect(presets.at(-1)?.block.contactPointId).toBe(anId(31));
    expect(blockPresets(aCard({ contactPoints: [] }), null)).toHaveLength(4);
  });

  it('is about one number when the form was opened there', () => {
    const presets = blockPresets(aCard(), anId(30));
    expect(presets.every(({ block }) => block.contactPointId === anId(30))).toBe(true);
    expect(presets.at(-1)).toMatchObject({ id: 'thisNumber', block: { to: '24:00' } });
  });
});

describe('days and hours of one’s own', () => {
  it('are one block within a day', () => {
    expect(blocksOf(anId(10), { ...emptyBlock, days: ['fri', 'mon'] })).toEqual([
      { debtorId: anId(10), days: ['mon', 'fri'], from: '09:00', to: '17:00' },
    ]);
  });

  it('are two across midnight, the second on the days after', () => {
    const night = {
      ...emptyBlock,
      days: ['sat' as const, 'sun' as const],
      from: '22:00',
      to: '07:00',
    };
    expect(blocksOf(anId(10), night)).toMatchObject([
      { days: ['sat', 'sun'], from: '22:00', to: '24:00' },
      { days: ['sun', 'mon'], from: '00:00', to: '07:00' },
    ]);
  });

  it('end at midnight when 00:00 is typed', () => {
    expect(blocksOf(anId(10), { ...emptyBlock, from: '18:00', to: '00:00' })).toMatchObject([
      { from: '18:00', to: '24:00' },
    ]);
  });

  it('need a day and hours that differ', () => {
    expect(blockNeed({ ...emptyBlock, days: [] })).toBe('days');
    expect(blockNeed({ ...emptyBlock, to: '09:00' })).toBe('hours');
    expect(blockNeed(emptyBlock)).toBeNull();
  });

  it('are read as people say them', () => {
    const days = [...emptyBlock.days];
    expect(blockText({ days, from: '09:00', to: '17:00' }, t, 'en')).toBe('Mon–Fri 09:00–17:00');
    const all = [...days, 'sat' as const, 'sun' as const];
    expect(blockText({ days: all, from: '00:00', to: '12:00' }, t, 'en')).toBe(
      'every day before 12:00',
    );
    expect(blockText({ days: all, from: '00:00', to: '24:00' }, t, 'en')).toBe('at any time');
  });
});
