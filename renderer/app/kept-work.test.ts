import { describe, expect, it } from 'vitest';
import { forgetWork, keepWork, keptWork } from './kept-work.ts';
import { leaveAnyway } from './leave-guard.ts';

describe('work that is not saved', () => {
  it('is there again when its page is opened again, and only there', () => {
    keepWork('campaign:1', { name: 'half' });
    expect(keptWork('campaign:1')).toEqual({ name: 'half' });
    expect(keptWork('campaign:2')).toBeUndefined();
  });

  it('is gone when it was saved or thrown away', () => {
    keepWork('campaign:1', { name: 'half' });
    forgetWork('campaign:1');
    expect(keptWork('campaign:1')).toBeUndefined();
  });

  it('is gone when the person said that the page is left without it', () => {
    keepWork('template:1', { name: 'half' });
    leaveAnyway();
    expect(keptWork('template:1')).toBeUndefined();
  });
});
