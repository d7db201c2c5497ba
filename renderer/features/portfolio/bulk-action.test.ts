import { describe, expect, it } from 'vitest';
import { bulkActionOf, bulkKinds, emptyBulkDraft } from './bulk-action.ts';

const id = '01920000-0000-7000-8000-000000000050';

describe('an action for many', () => {
  it.each(bulkKinds)('%s is none while something is missing', (kind) => {
    expect(bulkActionOf(kind, emptyBulkDraft)).toBeNull();
  });

  it('adds to a campaign', () => {
    expect(bulkActionOf('addToCampaign', { ...emptyBulkDraft, campaignId: id })).toEqual({
      kind: 'addToCampaign',
      campaignId: id,
    });
  });

  it('holds until the end of the last day, or until it is lifted', () => {
    const draft = { ...emptyBulkDraft, hold: 'lawyer' };
    expect(bulkActionOf('setHold', draft)).toEqual({ kind: 'setHold', hold: 'lawyer' });
    expect(bulkActionOf('setHold', { ...draft, until: '2026-12-01', reason: 'letter' })).toEqual({
      kind: 'setHold',
      hold: 'lawyer',
      until: new Date('2026-12-01T23:59:59').getTime(),
      reason: 'letter',
    });
    expect(bulkActionOf('setHold', { ...draft, hold: 'no such flag' })).toBeNull();
  });

  it('plans callbacks, for one person or for anybody', () => {
    const draft = { ...emptyBulkDraft, at: '2026-12-01T10:30' };
    const at = new Date('2026-12-01T10:30').getTime();
    expect(bulkActionOf('callback', draft)).toEqual({ kind: 'callback', at });
    expect(bulkActionOf('callback', { ...draft, personId: id })).toMatchObject({ personId: id });
  });

  it('records a notice of one day and one sender', () => {
    const draft = { ...emptyBulkDraft, notice: 'validationNotice', sentOn: '2026-11-20' };
    expect(bulkActionOf('recordNotice', { ...draft, source: '  ' })).toBeNull();
    expect(bulkActionOf('recordNotice', { ...draft, source: 'the creditor' })).toEqual({
      ...{ kind: 'recordNotice', notice: 'validationNotice', sentOn: '2026-11-20' },
      source: 'the creditor',
    });
  });

  it('writes no empty note', () => {
    expect(bulkActionOf('note', { ...emptyBulkDraft, text: '   ' })).toBeNull();
  });
});
